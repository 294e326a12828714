import Foundation
import NIOCore
import NIOPosix
import TestSupport

/// A real nginx on loopback, in front of another server.
final class ReverseProxy {
    /// One address at which it listens.
    struct Site {
        /// The chain and the key, in PEM; nil for plain text.
        var identity: (chain: TemporaryFile, key: TemporaryFile)?
        /// Further directives.
        var directives = ""
    }

    /// The ports, in the order of the sites.
    let ports: [Int]
    private let process = Process()
    private let folder: String
    // Kept for as long as the proxy may read them.
    private let sites: [Site]

    static var isAvailable: Bool { binary != nil }

    private static var binary: String? {
        ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    private struct StartError: Error {}

    /// Starts nginx; each site hands what it gets to `upstream`.
    init(_ sites: [Site], upstream: Int) async throws {
        guard let binary = Self.binary else { throw StartError() }
        self.sites = sites
        folder = FileManager.default.temporaryDirectory.path + "/whorl-nginx-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var ports: [Int] = []
        for _ in sites { ports.append(try await Self.freePort()) }
        self.ports = ports
        let configuration = Self.configuration(Array(zip(ports, sites)), upstream: upstream, folder: folder)
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder + "/nginx.conf"))
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = ["-p", folder, "-c", folder + "/nginx.conf", "-e", folder + "/error.log"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for port in ports { try await Self.waitForListener(at: port) }
    }

    deinit {
        // A child of a worker thread inherits its blocked signals: nothing milder would reach it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func configuration(_ sites: [(Int, Site)], upstream: Int, folder: String) -> String {
        let servers = sites.map { port, site in
            let secure = site.identity.map {
                "ssl_certificate \($0.chain.path); ssl_certificate_key \($0.key.path);"
            }
            return """
                server {
                    listen 127.0.0.1:\(port)\(secure == nil ? "" : " ssl");
                    \(secure ?? "") \(site.directives)
                    location / {
                        proxy_pass http://127.0.0.1:\(upstream);
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                }
                """
        }
        return """
            daemon off; master_process off; worker_processes 1;
            pid \(folder)/pid; error_log \(folder)/error.log;
            events { worker_connections 256; }
            http {
                access_log off; large_client_header_buffers 4 64k;
                client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
                fastcgi_temp_path \(folder)/f; uwsgi_temp_path \(folder)/u; scgi_temp_path \(folder)/s;
                \(servers.joined(separator: "\n"))
            }
            """
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        defer { channel.close(promise: nil) }
        return channel.localAddress?.port ?? 0
    }

    private static func waitForListener(at port: Int) async throws {
        for _ in 0..<500 {
            let attempt = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port)
            if let channel = try? await attempt.get() {
                try? await channel.close()
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw StartError()
    }
}
