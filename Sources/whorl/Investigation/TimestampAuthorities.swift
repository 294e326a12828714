import Acquisition
import ArgumentParser
import CaseStore
import Evidence
import Foundation

/// The time-stamp authorities of one command: who is asked, and whose roots are pinned.
struct TimestampAuthorities {
    let clients: [TimestampClient]
    /// The pinned roots; nil leaves the authorities' certificates unchecked for now.
    let roots: [X509Certificate]?

    init(urls: [String], roots files: [String], trustRoots: String? = nil) throws {
        clients = try urls.map { try TimestampClient(url: $0, trustRoots: trustRoots) }
        let names = clients.map(\.name)
        guard Set(names).count == names.count else {
            throw CommandError(.badInput, "two time-stamp authorities have the name \(names.sorted()[0])")
        }
        roots = files.isEmpty ? nil : try files.flatMap { try X509Certificate.load(path: $0) }
    }

    /// Asks every authority about some bytes. One that fails fails the whole: a missing stamp must not go unnoticed.
    func stamp(_ bytes: [UInt8]) async throws -> [StoredTimestamp] {
        try await stamp { TimestampQuery(about: bytes) }
    }

    /// The same about a digest.
    func stamp(_ query: () -> TimestampQuery) async throws -> [StoredTimestamp] {
        var timestamps: [StoredTimestamp] = []
        for client in clients {
            let query = query()
            let answer = try await client.ask(query.der)
            timestamps.append(
                try StoredTimestamp(
                    authority: client.name, query: query, answer: answer, roots: roots, now: WallClock.nanoseconds))
        }
        return timestamps
    }

    /// What a bundle's writer calls; nil without authorities.
    var stamping: BundleWriter.Stamping? {
        guard !clients.isEmpty else { return nil }
        let stamping: BundleWriter.Stamping = { bytes in try await stamp(bytes) }
        return stamping
    }
}

/// The options of verbs that ask for time stamps.
struct TimestampOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask this RFC 3161 authority for a time stamp. Give two for two authorities.", valueName: "url"))
    var timestamp: [String] = []

    @Option(
        help: ArgumentHelp(
            "A PEM file with the root of a time-stamp authority; its answer is refused otherwise.", valueName: "file"))
    var tsaRoot: [String] = []

    func authorities() throws -> TimestampAuthorities { try TimestampAuthorities(urls: timestamp, roots: tsaRoot) }
}

/// The wall clock of the commands.
enum WallClock {
    /// Nanoseconds since 1970.
    static var nanoseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1e9) }
    /// Seconds since 1970.
    static var seconds: Int64 { Int64(Date().timeIntervalSince1970) }
}
