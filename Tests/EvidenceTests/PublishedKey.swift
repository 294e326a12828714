/// A private key that everybody knows, so that tests and fuzzing sign the same bytes every time.
enum PublishedKey {
    /// The private key of RFC 8032, section 7.1, test 1.
    static let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----

        """
}
