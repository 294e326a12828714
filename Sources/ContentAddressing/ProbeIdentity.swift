public import ForensicTypes

/// The name of a probe: the SHA-256 digest of its canonical JSON.
public enum ProbeIdentity {
    /// Names a probe.
    ///
    /// - Throws: `string` if a text of the probe holds a code point that canonical JSON bars.
    public static func identify(_ probe: Probe) throws(ContentAddressingError) -> IdentifiedProbe {
        IdentifiedProbe(id: SHA256Digest.of(try CanonicalJSON.encode(probe)), probe: probe)
    }

    /// Says whether a probe bears the name that its content gives it.
    public static func isGenuine(_ identified: IdentifiedProbe) -> Bool {
        guard let bytes = try? CanonicalJSON.encode(identified.probe) else { return false }
        return SHA256Digest.of(bytes) == identified.id
    }
}
