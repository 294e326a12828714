// swift-tools-version: 6.2

import PackageDescription

// The layers of the package, bottom to top. A module imports only what its row names: the build runs with
// `--explicit-target-dependency-import-check error`, and `Tests/ArchitectureTests` compares this list with the table in
// `Sources/whorl/Documentation.docc/Architecture.md`.

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

let package = Package(
    name: "whorl",
    products: [
        .executable(name: "whorl", targets: ["whorl"]),
        // For the nested package of benchmarks; there is no promise of a stable interface.
        .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
        .library(name: "Features", targets: ["Features"]),
        .library(name: "Comparison", targets: ["Comparison"]),
        .library(name: "ForensicTypes", targets: ["ForensicTypes"]),
        .library(name: "ProbeGeneration", targets: ["ProbeGeneration"]),
        .library(name: "WireFormats", targets: ["WireFormats"]),
        .library(name: "Evidence", targets: ["Evidence"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", "4.5.2"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // C libraries, one importer each.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        // Currency.
        .target(name: "ForensicTypes"),
        .target(name: "ContentAddressing", dependencies: ["ForensicTypes", crypto]),

        // Pure values: no input or output, no clock, no global state.
        .target(
            name: "LinearAlgebra", dependencies: ["COpenBLAS"], linkerSettings: [.linkedLibrary("m")]),
        .target(name: "Statistics", dependencies: ["LinearAlgebra"], linkerSettings: [.linkedLibrary("m")]),
        .target(
            name: "ProbeGeneration",
            dependencies: ["ForensicTypes", "ContentAddressing", "Statistics", "LinearAlgebra", crypto]),
        .target(name: "WireFormats", dependencies: ["ForensicTypes"]),
        .target(name: "Features", dependencies: ["ForensicTypes", "LinearAlgebra"]),
        .target(
            name: "Comparison",
            dependencies: ["ForensicTypes", "ContentAddressing", "Features", "Statistics", "LinearAlgebra"]),

        // Everything that waits for a disk or a network.
        .target(name: "CaseStore", dependencies: ["ForensicTypes", "ContentAddressing", crypto, grdb]),
        .target(
            name: "Acquisition",
            dependencies: [
                "ForensicTypes", "ContentAddressing", "WireFormats", "CaseStore", asn1, crypto, nioCore, nioPosix,
                nioSSL, nioTLS, tomlKit, x509,
            ]),
        .target(
            name: "Evidence",
            dependencies: ["ForensicTypes", "ContentAddressing", "CaseStore", "CZstd", asn1, crypto, x509]),
        .target(
            name: "Reporting",
            dependencies: ["ForensicTypes", "ContentAddressing", "Statistics", "Comparison", "Evidence"]),

        // Verbs.
        .executableTarget(
            name: "whorl",
            dependencies: [
                "ForensicTypes", "ContentAddressing", "ProbeGeneration", "WireFormats", "CaseStore", "Acquisition",
                "Features", "Statistics", "LinearAlgebra", "Comparison", "Evidence", "Reporting", "CMalloc",
                argumentParser,
            ]),

        // Tests.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .executableTarget(
            name: "case-writer", dependencies: ["CaseStore", "ForensicTypes"], path: "Tests/CaseWriter"),
        .executableTarget(
            name: "collection-load", dependencies: ["Acquisition", "CaseStore", "ForensicTypes", "WireFormats"],
            path: "Tests/CollectionLoad"),
        .testTarget(name: "ForensicTypesTests", dependencies: ["ForensicTypes"]),
        .testTarget(
            name: "ContentAddressingTests",
            dependencies: ["ContentAddressing", "ForensicTypes", "Statistics", "TestSupport"]),
        .testTarget(
            name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "StatisticsTests", dependencies: ["Statistics", "LinearAlgebra", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ProbeGenerationTests",
            dependencies: ["ProbeGeneration", "ContentAddressing", "ForensicTypes", "Statistics", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "WireFormatsTests",
            dependencies: ["WireFormats", "ContentAddressing", "ForensicTypes", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "FeaturesTests",
            dependencies: ["Features", "ForensicTypes", "LinearAlgebra", "Statistics", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ComparisonTests",
            dependencies: [
                "Comparison", "ContentAddressing", "Features", "ForensicTypes", "LinearAlgebra", "Statistics",
                "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "CaseStoreTests",
            dependencies: ["CaseStore", "ContentAddressing", "ForensicTypes", "TestSupport", "case-writer"]),
        .testTarget(
            name: "AcquisitionTests",
            dependencies: [
                "Acquisition", "CaseStore", "ContentAddressing", "ForensicTypes", "WireFormats", "TestSupport",
                "Comparison", "collection-load", asn1, crypto, nioCore, nioPosix, nioSSL, x509,
            ],
            // The optimiser of Swift 6.3.1 crashes on exchanges and endpoints in the frames of asynchronous tests. Only the
            // tests themselves go without it; what they test is as it ships.
            swiftSettings: [.unsafeFlags(["-Onone"])]),
        .testTarget(
            name: "EvidenceTests",
            dependencies: [
                "Evidence", "CaseStore", "ContentAddressing", "ForensicTypes", "TestSupport", asn1, crypto, x509,
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Reporting", "Comparison", "Evidence", "ForensicTypes", "LinearAlgebra", "Statistics", "TestSupport",
            ]),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "whorl", "CaseStore", "ContentAddressing", "Evidence", "ForensicTypes", "ProbeGeneration",
                "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
    ]
)

// One set of rules for every module of ours.
for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .enableUpcomingFeature("InferIsolatedConformances"),
            .enableUpcomingFeature("ImmutableWeakCaptures"),
            .strictMemorySafety(),
            .treatAllWarnings(as: .error),
        ]
}
