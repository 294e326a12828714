extension VerificationScript {
    /// The file `howto.txt`.
    static let guide = """
        How to check this bundle by hand
        ================================

        You need a Debian machine, or any other with bash, openssl 3.0 or later, jq, xxd, tar, zstd and the GNU core
        utilities, and things that did not come with the bundle: the signer's public key or the root of its certificates,
        from a source you trust; the SHA-256 number of the archive that is printed in the report; where the bundle has
        time stamps, the root certificates of the authorities that made them.

            zstd -dc BUNDLE.tar.zst | tar -xO data/verify.sh > verify.sh
            sha256sum verify.sh            # compare with the number printed in the report, and read the script
            bash verify.sh BUNDLE.tar.zst SIGNER.pem SHA256-OF-THE-ARCHIVE AUTHORITIES.pem

        The script says what it checks, line by line, and ends with exit code 0 if no check failed; a line with -- says
        what was not checked. The codes are 10 container, 11 limit, 20 canonical form, 30 signature, 31 certificate, 32 time stamp, 40 digest, 41 tree, 42 part,
        50 custody, 60 plan, 80 version.

        What a passed check means: these bytes are the ones that the holder of the key sealed, where stamps were checked
        before the time that their authorities state, and the records belong to the tree whose root was sealed. What it does not mean: that the server
        sent them. TLS does not let a third party verify that; it rests on the collector.

        Records of other suspects are withheld. They stand in data/leaves.txt as salted hashes, so that their number and
        place are fixed and nothing about them can be guessed. The parts of the records that are disclosed lie one after
        the other, in the order of data/records.jsonl, in data/segments/; each is 32 bytes of salt and then the bytes as
        they went over the wire, secrets masked. `seg` and `off` in a line are places in the whole case.

        """
}
