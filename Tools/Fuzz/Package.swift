// swift-tools-version: 6.2

import PackageDescription

// Apart from the root package, so that its build never pays for instrumented copies. The modules are the root's own files, by links,
// because a dependency cannot be compiled with other flags than its package gives it. `./fuzz` builds and runs it.
let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]

let package = Package(
    name: "whorl-fuzz",
    targets: [
        .target(name: "ForensicTypes", swiftSettings: instrumented),
        .target(name: "WireFormats", dependencies: ["ForensicTypes"], swiftSettings: instrumented),
        .target(name: "CFuzzerDriver"),
        .executableTarget(
            name: "whorl-fuzz", dependencies: ["CFuzzerDriver", "ForensicTypes", "WireFormats"],
            swiftSettings: instrumented,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ]
)
