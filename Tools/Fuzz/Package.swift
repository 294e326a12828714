// swift-tools-version: 6.2

import PackageDescription

// Apart from the root package, so that its build never pays for instrumented copies. The modules are the root's own files, by links,
// because a dependency cannot be compiled with other flags than its package gives it. `./fuzz` builds and runs it.
let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]

let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

let package = Package(
    name: "whorl-fuzz",
    // In the versions that the root has resolved: `./fuzz` copies its list.
    dependencies: [
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", "4.5.2"..<"5.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "ForensicTypes", swiftSettings: instrumented),
        .target(name: "WireFormats", dependencies: ["ForensicTypes"], swiftSettings: instrumented),
        .target(name: "ContentAddressing", dependencies: ["ForensicTypes", crypto], swiftSettings: instrumented),
        .target(
            name: "CaseStore", dependencies: ["ForensicTypes", "ContentAddressing", crypto, grdb],
            swiftSettings: instrumented),
        .target(
            name: "Evidence",
            dependencies: ["ForensicTypes", "ContentAddressing", "CaseStore", "CZstd", asn1, crypto, x509],
            swiftSettings: instrumented),
        .target(name: "CFuzzerDriver"),
        .executableTarget(
            name: "whorl-fuzz",
            dependencies: [
                "CFuzzerDriver", "ForensicTypes", "ContentAddressing", "CaseStore", "Evidence", "WireFormats",
            ],
            swiftSettings: instrumented,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ]
)
