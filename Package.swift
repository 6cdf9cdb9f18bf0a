// swift-tools-version:6.2
// The architecture, as data. Lowest layer first: a target may use only what stands above it here,
// and in an isolated layer not even its neighbours. A reversed arrow stops the build with a sentence.
import Foundation
import PackageDescription

// Declared first: top-level constants of a manifest run in order.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

// The options' inner loop runs four numbers at a time where the processor that builds can: Intel and AMD since 2013. The bits
// are the same either way. BAILIFF_VECTORS=narrow builds for any processor.
let wideVectors: [SwiftSetting] =
    buildsWide() ? [.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"]), .define("WIDE_VECTORS")] : []

let core = [
    "Units", "Domain", "Margin", "Mechanisms", "Fees", "Liquidity", "Winning", "Limits", "Opportunities", "Strategy",
    "Engine",
    "Submission", "Forecast", "Portfolio",
]

let venues = [
    "Aave", "CompoundV2", "CompoundV3", "Morpho", "Euler", "Maker", "Liquity",
    "DYdX", "Synthetix", "GMX", "Hyperliquid", "Drift", "Perpetual", "Derive", "Opyn", "Deribit",
]

// What modules offer each other is public: only that does the compiler see through their borders (Swift 6.3 inlines nothing that is
// `package`, whatever it is marked as). A replay is half as fast again for it.
let layers: [Layer] = [
    Layer(
        "C",
        [
            .cxx("CSIMDJSON", links: ["simdjson"]),
            .cxx("CTOML"),
            .cxx("CDigest", links: ["crypto"]),
            .cxx("CAllocations"),
            .system("CLinux", apt: "libc6-dev"),
            .system("CZeroMQ", apt: "libzmq3-dev"),
            .system("COpenSSL", apt: "libssl-dev"),
            .system("CSecp256k1", apt: "libsecp256k1-dev"),
            .system("CSQLite", apt: "libsqlite3-dev"),
            .system("CCurl", apt: "libcurl4-openssl-dev"),
            .system("CMicroHTTPD", apt: "libmicrohttpd-dev"),
            .system("CZlib", apt: "zlib1g-dev"),
            .system("CZstd", apt: "libzstd-dev"),
        ]),
    Layer(
        "Core",
        [
            .swift("Units"),
            .swift("Numerics", settings: wideVectors),
            .swift("Options", uses: ["Numerics", "Units"], settings: wideVectors),
            .swift("Domain", uses: ["Units"]),
            .swift("Margin", uses: ["Units", "Domain"]),
            .swift("Forecast", uses: ["Units", "Domain", "Margin", "Numerics"]),
            .swift(
                "Portfolio", uses: ["Units", "Numerics", "Options", "Domain", "Margin"], golden: true,
                tests: ["Derive", "Deribit"]),
            .swift("Mechanisms", uses: ["Units", "Domain", "Margin"], tests: ["PlainNumbers"]),
            .swift("Winning", uses: ["Units"]),
            .swift("Limits", uses: ["Units", "Domain"]),
            .swift("Opportunities", uses: ["Units", "Domain"]),
            .swift("Fees", uses: ["Units", "Domain"]),
            .swift("Liquidity", uses: ["Units", "Domain"], tests: ["PlainNumbers", "RandomDepths"]),
            .swift(
                "Strategy",
                uses: ["Units", "Domain", "Margin", "Mechanisms", "Fees", "Liquidity", "Winning", "Limits"],
                tests: ["Aave", "RandomDepths"]),
            .swift(
                "Engine",
                uses: [
                    "Units", "Domain", "Margin", "Forecast", "Mechanisms", "Fees", "Liquidity", "Winning", "Limits",
                    "Opportunities", "Strategy",
                ],
                tests: ["Aave", "CompoundV2", "Morpho"]),
            .swift("Submission", uses: ["Units", "Domain"]),
        ]),
    Layer(
        "Wire",
        [
            .swift("FeedProtocol", uses: ["CSIMDJSON", "Units", "Domain", "Liquidity"], golden: true),
            .swift("VenueProtocol", uses: ["Units", "Domain", "Submission"]),
            .swift("MCAP"),
            .swift("TapeContent", uses: ["CDigest", "MCAP", "Units", "Domain"]),
            .swift("TapeCache", uses: ["Units", "Domain"]),
        ]),
    Layer(
        "Venues", isolated: true,
        [
            .swift("Aave", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["OfferList"]),
            .swift(
                "CompoundV2", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift(
                "CompoundV3", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift("Morpho", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift("Euler", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift("Maker", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift(
                "Liquity", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift("Derive", uses: ["Portfolio"]),
            .swift(
                "Opyn", uses: ["Units", "Numerics", "Domain", "Margin", "Portfolio", "Mechanisms"],
                tests: ["PlainNumbers", "OfferList"]),
            .swift("Deribit", uses: ["Portfolio"]),
            .swift("DYdX", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift(
                "Synthetix", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift("GMX", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift(
                "Hyperliquid", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift("Drift", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
            .swift(
                "Perpetual", uses: ["Units", "Domain", "Margin", "Mechanisms"], tests: ["PlainNumbers", "OfferList"]),
        ]),
    Layer(
        "Simulation",
        [
            .swift(
                "MarginEngine",
                uses: ["Units", "Domain", "Margin", "Mechanisms", "Fees", "Strategy", "Submission", "Aave"]),
            .swift(
                "Episodes",
                uses: ["CZlib", "Units", "Domain", "Margin", "Forecast", "Mechanisms", "MarginEngine", "Aave"]),
            .swift(
                "TapeImport",
                uses: ["Units", "Domain", "FeedProtocol", "MarginEngine", "Episodes", "TapeContent"]),
            .swift(
                "Replay",
                uses: [
                    "Units", "Domain", "Margin", "Limits", "Opportunities", "Winning", "Strategy", "Engine",
                    "FeedProtocol", "MCAP", "TapeContent", "TapeCache",
                ],
                tests: ["Aave", "MarginEngine", "Episodes", "TapeImport"]),
            .swift(
                "Calibration", uses: ["Units", "Domain", "Fees", "FeedProtocol", "MCAP", "TapeContent"],
                tests: [
                    "Aave", "Winning", "Limits", "Strategy", "Episodes", "MarginEngine", "TapeImport", "Configuration",
                    "Replay",
                    "Paper",
                ]),
            .swift(
                "Paper",
                uses: [
                    "Units", "Calibration", "Domain", "Margin", "Mechanisms", "Fees", "Winning", "Opportunities",
                    "Strategy",
                    "FeedProtocol", "MCAP", "TapeContent", "TapeCache", "Episodes", "Replay",
                ],
                tests: ["Aave", "MarginEngine", "Submission", "TapeImport"]),
            .swift(
                "Stress",
                uses: [
                    "Units", "Domain", "Margin", "Mechanisms", "Liquidity", "Portfolio", "Aave", "CompoundV3",
                    "Liquity",
                ]),
            .swift(
                "Parity", uses: ["Units"],
                tests: [
                    "Domain", "Aave", "Winning", "Limits", "Strategy", "MCAP", "TapeContent", "Episodes",
                    "MarginEngine",
                    "TapeImport", "Replay", "Paper",
                ]),
        ]),
    Layer(
        "Tuning",
        [
            .swift("Search", uses: ["Units", "Numerics"], golden: true, tests: ["BiddingLandscape"]),
            .swift("Confirmation", uses: ["Numerics", "Search"], golden: true),
            .swift("StrategySearch", uses: ["Strategy", "Search"], tests: ["Units"]),
        ]),
    Layer(
        "Adapters", isolated: true,
        [
            .swift("ZeroMQFeed", uses: ["CZeroMQ"]),
            .swift("Configuration", uses: ["CTOML", "Units", "Domain", "Winning", "Limits", "Strategy"]),
            .swift("Signing", uses: ["COpenSSL", "CSecp256k1", "Units", "Submission"]),
            .swift("Journal", uses: ["CSQLite", "Units", "Domain", "Submission"]),
            .swift("HTTPSubmit", uses: ["CCurl", "Units", "Submission"]),
            .swift("HTTPServe", uses: ["CMicroHTTPD"]),
            .swift("Console", uses: ["Units"]),
            .swift("Tape", uses: ["CZstd", "Units", "MCAP", "TapeContent", "TapeCache"]),
            .swift("BiddingModel", uses: ["CLinux", "Units"]),
            .swift("StudyFile", uses: ["Search"], tests: ["Units"]),
        ]),
    Layer(
        "Tools",
        [
            // Paper wiring cannot name the HTTP client: neither it nor the C library is among the modules it may use.
            .swift(
                "Desk",
                uses: core + venues + [
                    "CLinux", "FeedProtocol", "TapeContent", "ZeroMQFeed", "BiddingModel", "Configuration", "Signing",
                    "Journal", "Console",
                ]),
            .swift(
                "LiveDesk",
                uses: core + [
                    "VenueProtocol", "TapeContent", "Configuration", "Signing", "Journal", "HTTPSubmit", "Console",
                    "Desk",
                ]),
            .swift(
                "VenueServer",
                uses: [
                    "Units", "Domain", "Margin", "Mechanisms", "Submission", "Strategy", "FeedProtocol",
                    "VenueProtocol",
                    "Aave", "MarginEngine", "TapeImport", "ZeroMQFeed", "HTTPServe", "Signing", "Console",
                ]),
            .swift(
                "TapeDesk",
                uses: [
                    "Units", "Domain", "FeedProtocol", "MCAP", "TapeContent", "ZeroMQFeed", "Tape", "Console", "Desk",
                ]),
            .tool(
                "bailiff",
                uses: core + [
                    "CLinux", "Numerics", "Aave", "MarginEngine", "Episodes", "Configuration", "Signing", "Journal",
                    "Console", "BiddingModel", "Desk", "LiveDesk", "VenueServer", "ZeroMQFeed", "FeedProtocol", "MCAP",
                    "TapeContent", "TapeCache", "TapeImport", "Replay", "Calibration", "Paper", "Parity", "Stress",
                    "Search",
                    "Confirmation", "StrategySearch", "StudyFile", "Tape", "TapeDesk",
                ]),
            .tool(
                "bailiff-bench",
                uses: [
                    "BiddingModel", "CAllocations", "Units", "Numerics", "Options", "Domain", "Margin", "Portfolio",
                    "Mechanisms", "Liquidity", "Winning", "Strategy", "Engine", "Aave", "Maker", "DYdX", "Derive",
                ]),
        ]),
]

/// Checks that span modules; each is a folder below Tests.
let spanning: [Target] = [
    .testTarget(name: "ArchitectureTests", path: "Tests/Architecture", swiftSettings: strict),
    .target(
        name: "BiddingLandscape", dependencies: ["Units", "Numerics", "Search"], path: "Tests/Support/BiddingLandscape",
        swiftSettings: strict),
    .target(
        name: "OfferList", dependencies: ["Units", "Domain", "Mechanisms"], path: "Tests/Support/OfferList",
        swiftSettings: strict),
    .target(name: "PlainNumbers", dependencies: ["Units"], path: "Tests/Support/PlainNumbers", swiftSettings: strict),
    .target(
        name: "RandomDepths", dependencies: ["Units", "Domain", "Liquidity"], path: "Tests/Support/RandomDepths",
        swiftSettings: strict),
    .testTarget(
        name: "VenueWatchTests",
        dependencies: [
            "Units", "Domain", "Margin", "CompoundV2", "CompoundV3", "Morpho", "Euler", "Maker", "Liquity", "Aave",
            "DYdX", "Synthetix", "GMX", "Hyperliquid", "Drift", "Perpetual", "PlainNumbers",
        ],
        path: "Tests/VenueWatch", swiftSettings: strict),
]

let package = Package(
    name: "bailiff",
    targets: targets(from: layers) + spanning,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

struct Member {
    enum Kind { case system(apt: String), cxx(links: [String]), swift, tool }
    let name: String
    let kind: Kind
    var uses: [String] = []
    /// Whether its tests have a folder Golden: files that they read by path.
    var hasGolden = false
    /// What its tests use beside what it uses itself: a core module is tested with a real venue's rules.
    var testUses: [String] = []
    var settings: [SwiftSetting] = []

    static func system(_ name: String, apt: String) -> Member { Member(name: name, kind: .system(apt: apt)) }
    static func cxx(_ name: String, links: [String] = []) -> Member { Member(name: name, kind: .cxx(links: links)) }
    static func swift(
        _ name: String, uses: [String] = [], golden: Bool = false, tests: [String] = [], settings: [SwiftSetting] = []
    ) -> Member {
        Member(name: name, kind: .swift, uses: uses, hasGolden: golden, testUses: tests, settings: settings)
    }
    static func tool(_ name: String, uses: [String]) -> Member { Member(name: name, kind: .tool, uses: uses) }

    /// The target and, for Swift, its tests: a module without a test folder does not build.
    func targets(in layer: Layer) -> [Target] {
        let path = "Sources/\(layer.name)/\(name)"
        let dependencies = uses.map { Target.Dependency(stringLiteral: $0) }
        let tests = Target.testTarget(
            name: "\(name)Tests",
            dependencies: dependencies + (testUses + [name]).map { .init(stringLiteral: $0) },
            path: "Tests/\(layer.name)/\(name)Tests",
            exclude: hasGolden ? ["Golden"] : [],
            swiftSettings: strict
        )
        switch kind {
        case .system(let apt):
            return [.systemLibrary(name: name, path: path, providers: [.apt([apt])])]
        case .cxx(let links):
            return [.target(name: name, path: path, linkerSettings: links.map { .linkedLibrary($0) })]
        case .swift:
            return [
                .target(name: name, dependencies: dependencies, path: path, swiftSettings: strict + settings), tests,
            ]
        case .tool:
            return [.executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: strict)]
        }
    }
}

struct Layer {
    let name: String
    let isolated: Bool
    let members: [Member]

    init(_ name: String, isolated: Bool = false, _ members: [Member]) {
        self.name = name
        self.isolated = isolated
        self.members = members
    }
}

func targets(from layers: [Layer]) -> [Target] {
    var below: Set<String> = []
    var result: [Target] = []
    for layer in layers {
        var here: Set<String> = []
        for member in layer.members {
            for name in member.uses {
                precondition(
                    below.contains(name) || (here.contains(name) && !layer.isolated),
                    "\(member.name) may not use \(name): the arrow points up, or to a neighbour in \(layer.name)")
            }
            result += member.targets(in: layer)
            here.insert(member.name)
        }
        below.formUnion(here)
    }
    return result
}

/// Whether the processor of this machine has the vectors (AVX2) and the fused multiplication (FMA) of its last ten years.
func buildsWide() -> Bool {
    #if arch(x86_64)
        if ProcessInfo.processInfo.environment["BAILIFF_VECTORS"] == "narrow" { return false }
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return false }
        let flags = text.split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ") ?? []
        return flags.contains("avx2") && flags.contains("fma")
    #else
        return false
    #endif
}
