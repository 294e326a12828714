// swift-tools-version: 6.2

import PackageDescription

// Apart from the root package, so that its build never pays for benchmarks. `swift run -c release whorl-bench` in this
// folder lists what there is.
let package = Package(
    name: "whorl-benchmarks",
    dependencies: [.package(name: "whorl", path: "../..")],
    targets: [
        .target(name: "CMultiplyAdd", linkerSettings: [.linkedLibrary("openblas")]),
        .executableTarget(
            name: "whorl-bench",
            dependencies: [
                "CMultiplyAdd",
                .product(name: "LinearAlgebra", package: "whorl"),
                .product(name: "Features", package: "whorl"),
                .product(name: "Comparison", package: "whorl"),
                .product(name: "ForensicTypes", package: "whorl"),
                .product(name: "ProbeGeneration", package: "whorl"),
                .product(name: "WireFormats", package: "whorl"),
                .product(name: "Evidence", package: "whorl"),
            ]),
    ]
)
