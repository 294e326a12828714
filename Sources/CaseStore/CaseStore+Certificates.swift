internal import ContentAddressing
public import ForensicTypes

extension CaseStore {
    /// The greatest length of a certificate, in bytes.
    public static let maximumCertificateLength = 1 << 20

    /// Keeps certificates that a server presented, each once, under the SHA-256 of its bytes: `tls/<digest>.der`.
    ///
    /// Call it before the record that names them is appended: it returns after they are on stable storage.
    ///
    /// - Parameter certificates: The certificates in DER, in any order. They are kept as they are, valid or not.
    /// - Throws: `readOnly`; `stopped`; `unencodableRecord` where one is longer than `maximumCertificateLength`;
    ///   `diskFull` and `inputOutput`, after which the case has to be opened again.
    public func keep(certificates: [[UInt8]]) throws(CaseStoreError) {
        for certificate in certificates {
            let digest = SHA256Digest.of(certificate)
            guard !keptCertificates.contains(digest) else { continue }
            try requireWritable()
            guard certificate.count <= Self.maximumCertificateLength else {
                throw CaseStoreError(.unencodableRecord, "a certificate of \(certificate.count) bytes")
            }
            do {
                try write(certificate, as: digest)
            } catch {
                failure = error
                throw error
            }
            keptCertificates.insert(digest)
        }
    }

    /// The bytes of a certificate that a record names; nil where the case does not hold it, as cases made before
    /// certificates were kept.
    ///
    /// - Throws: `damagedSpool` where the file does not match its name; `inputOutput`.
    public nonisolated func certificate(_ digest: Digest) throws(CaseStoreError) -> [UInt8]? {
        let path = folder.certificate(digest)
        guard CaseFolder.exists(path) else { return nil }
        let file = try Descriptor(path: path, access: .read)
        let length = try file.length()
        guard length <= Self.maximumCertificateLength else {
            throw CaseStoreError(.damagedSpool, "\(path) has \(length) bytes")
        }
        let bytes = try file.read(count: length, at: 0)
        guard SHA256Digest.of(bytes) == digest else {
            throw CaseStoreError(.damagedSpool, "\(path) does not have the digest in its name")
        }
        return bytes
    }

    /// The digests of all certificates in the case, ascending.
    public nonisolated func certificates() throws(CaseStoreError) -> [Digest] {
        guard CaseFolder.exists(folder.certificates) else { return [] }
        return try CaseFolder.names(in: folder.certificates).compactMap { name in
            name.hasSuffix(".der") ? Digest(hex: String(name.dropLast(4))) : nil
        }
    }

    // Written beside, then renamed: a name never stands for half of a file.
    private func write(_ certificate: [UInt8], as digest: Digest) throws(CaseStoreError) {
        if !CaseFolder.exists(folder.certificates) {
            try CaseFolder.make(folder.certificates)
            try CaseFolder.synchronise(folder.path)
        }
        let path = folder.certificate(digest)
        if CaseFolder.exists(path), try self.certificate(digest) != nil { return }
        let draft = path + ".part"
        let file = try Descriptor(path: draft, access: .write)
        try device.cut(file, to: 0)
        try device.commit(certificate, to: file, at: 0)
        try CaseFolder.rename(draft, to: path)
        try CaseFolder.synchronise(folder.certificates)
    }
}
