/// An immutable, content-addressed list of probes.
public struct ProbeSet: Sendable, Hashable {
    /// A name for people, for example `smollm2-2026-11`.
    public let name: String
    /// The probes, in order of their digests.
    public let probes: [IdentifiedProbe]

    /// Makes a set; the order of `probes` does not matter.
    public init(name: String, probes: [IdentifiedProbe]) {
        self.name = name
        self.probes = probes.sorted { $0.id < $1.id }
    }
}
