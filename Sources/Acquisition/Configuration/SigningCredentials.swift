/// Credentials of AWS, in the form of its shared credentials file.
///
/// Lines `aws_access_key_id = …`, `aws_secret_access_key = …` and, for temporary ones, `aws_session_token = …`. Empty lines, comments
/// (`#`, `;`) and one profile's name in brackets are passed over; a second profile is refused, because nobody could tell which
/// one signed.
package struct SigningCredentials: Sendable {
    package let accessKeyIdentifier: [UInt8]
    package let secretAccessKey: [UInt8]
    /// Nil for credentials without an end.
    package let sessionToken: [UInt8]?

    package var secrets: [[UInt8]] { [accessKeyIdentifier, secretAccessKey] + (sessionToken.map { [$0] } ?? []) }

    package init(accessKeyIdentifier: [UInt8], secretAccessKey: [UInt8], sessionToken: [UInt8]? = nil) {
        self.accessKeyIdentifier = accessKeyIdentifier
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// Reads a file. Messages name lines and keys, never values.
    package init(file: [UInt8], endpoint: String) throws(AcquisitionError) {
        var values: [String: [UInt8]] = [:]
        var profiles = 0
        for (index, raw) in file.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = Self.trimmed(raw)
            guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            if first == UInt8(ascii: "[") {
                profiles += 1
                continue
            }
            let name = Self.trimmed(line.prefix { $0 != UInt8(ascii: "=") })
            let value = Array(Self.trimmed(line.dropFirst(line.prefix { $0 != UInt8(ascii: "=") }.count + 1)))
            let key = String(decoding: name, as: UTF8.self)
            guard EndpointKey.isUsable(value), values.updateValue(value, forKey: key) == nil else {
                throw AcquisitionError(
                    .secret,
                    "\(endpoint): line \(index + 1) of the credentials is no `name = value`, or names something twice")
            }
        }
        guard profiles <= 1, let identifier = values["aws_access_key_id"], let secret = values["aws_secret_access_key"]
        else {
            throw AcquisitionError(
                .secret,
                "\(endpoint): credentials have one `aws_access_key_id` and one `aws_secret_access_key`, of one profile")
        }
        self.init(
            accessKeyIdentifier: identifier, secretAccessKey: secret, sessionToken: values["aws_session_token"])
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        let start = text.drop(while: isBlank)
        return start.dropLast(start.reversed().prefix(while: isBlank).count)
    }
}
