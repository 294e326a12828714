import Foundation

/// The most memory that this process has held.
enum PeakMemory {
    /// In megabytes of 10⁶ bytes; 0 where the system does not tell.
    static var megabytes: Double {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return (kibibytes * 1024 / 1e5).rounded() / 10
    }
}
