// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// For what the middlewares call: a function that waits goes on where its caller is, instead of asking each time where
/// that is.
let inPlace = settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]

/// A program exports nothing to anybody, and its relocations fit into less (DT_RELR, glibc 2.36): 8 MiB less in memory.
let smaller = LinkerSetting.unsafeFlags(
    ["-use-ld=lld"]
        + ["-z", "pack-relative-relocs", "--no-export-dynamic", "--icf=safe"].flatMap { ["-Xlinker", $0] },
    .when(configuration: .release)
)

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

let package = Package(
    name: "connect-portal",
    products: [.executable(name: "connect-portal", targets: ["App"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        // What talks to the world, one module per effect.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "StrictJSON", swiftSettings: settings),
        .target(name: "Prometheus", swiftSettings: settings),
        .systemLibrary(name: "CLinux"),
        .target(name: "Secrecy", swiftSettings: settings),
        .target(name: "Views", dependencies: [mustache], swiftSettings: settings),
        .target(
            name: "Outbound",
            dependencies: ["CCurl", "Secrecy", serviceLifecycle, logging],
            swiftSettings: settings
        ),
        .target(name: "OAuth", dependencies: ["Secrecy", "StrictJSON", crypto, cryptoExtras], swiftSettings: settings),
        .target(
            name: "Integrations",
            dependencies: ["OAuth", "StrictJSON", "Yams"],
            resources: [.copy("Catalog")],
            swiftSettings: settings
        ),
        .target(
            name: "Storage",
            dependencies: [
                "CPostgres", "Secrecy", "StrictJSON", crypto, .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: inPlace
        ),
        .target(
            name: "Connect",
            dependencies: [
                "OAuth", "Integrations", "Storage", "Outbound", "Secrecy", "StrictJSON", crypto, logging,
            ],
            swiftSettings: inPlace
        ),
        .target(
            name: "Web",
            dependencies: [
                "Connect", "Integrations", "OAuth", "Prometheus", "Storage", "StrictJSON", "Views", hummingbird,
                serviceLifecycle,
                logging, crypto, mustache,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Sandbox",
            dependencies: [
                "StrictJSON", "Views", hummingbird, logging, crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"), mustache,
            ],
            resources: [.copy("Gallery/Catalog")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "App",
            dependencies: [
                "CLinux", "Web", "Connect", "Integrations", "OAuth", "Storage", "Outbound", "Prometheus", "Sandbox",
                "Secrecy", "StrictJSON",
                hummingbird, serviceLifecycle, logging,
                mustache,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: settings,
            linkerSettings: [smaller]
        ),

        // Tests mirror the modules; whole journeys in a browser are in Tests/journeys.
        .target(
            name: "TestSupport",
            dependencies: [
                "CLinux", "CPostgres", "Connect", "Integrations", "OAuth", "Outbound", "Storage", "StrictJSON", logging,
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(name: "ViewsTests", dependencies: ["Views", mustache], swiftSettings: settings),
        .testTarget(name: "PrometheusTests", dependencies: ["Prometheus"], swiftSettings: settings),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: settings),
        .testTarget(
            name: "OutboundTests",
            dependencies: ["Outbound", "TestSupport", serviceLifecycle, logging],
            swiftSettings: settings
        ),
        .testTarget(
            name: "OAuthTests",
            dependencies: ["OAuth", "StrictJSON", crypto, cryptoExtras],
            swiftSettings: settings
        ),
        .testTarget(name: "IntegrationsTests", dependencies: ["Integrations", "OAuth"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "Connect", "StrictJSON", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ConnectTests",
            dependencies: [
                "Connect", "Integrations", "OAuth", "Outbound", "Sandbox", "Secrecy", "Storage", "StrictJSON",
                "TestSupport", hummingbird, hummingbirdTesting, mustache,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Connect", "Outbound", "Prometheus", "Storage", "StrictJSON", "TestSupport", "Views",
                hummingbird, hummingbirdTesting, logging, mustache,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Sandbox", "StrictJSON", hummingbird, hummingbirdTesting, crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"), mustache,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App", "Connect", "Integrations", "OAuth", "Outbound", "Prometheus", "Sandbox", "Storage", "StrictJSON",
                logging,
            ],
            swiftSettings: settings
        ),

        // What `make bench` needs beside the program.
        .executableTarget(
            name: "Seed",
            dependencies: [
                "Connect", "Integrations", "OAuth", "Outbound", "Storage", "StrictJSON", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Seed",
            swiftSettings: settings
        ),
        .executableTarget(name: "Hello", dependencies: [hummingbird], path: "Benchmarks/peers/hello"),
        .executableTarget(
            name: "StorageBench",
            dependencies: ["Storage", "TestSupport"],
            path: "Benchmarks/StorageBench",
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)

// `make fuzz`: libFuzzer brings its own `main`, so that this links in no ordinary build.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Connect", "Integrations", "OAuth", "Outbound", "Storage", "StrictJSON", "CCurl", crypto, cryptoExtras,
                logging,
            ],
            path: "Tests/Fuzz",
            exclude: ["corpus", "dictionaries"],
            swiftSettings: settings
        )
    )
}
