import Foundation
import Testing

/// The rules of the tree that a program can check. The manifest refuses reversed arrows by itself; this is the rest.
@Suite struct ArchitectureTests {
    @Test func `the core imports the core and nothing else`() throws {
        let manifest = try Manifest()
        let core = Set(manifest.layers.filter { $0.value == "Core" }.keys)
        #expect(core.count >= 7)
        for file in SourceTree.files(below: "Sources/Core") {
            let foreign = file.imports.filter { !core.contains($0) }
            #expect(foreign.isEmpty, "\(file.path) imports \(foreign)")
        }
    }

    @Test(arguments: [
        "Date(", "clock_gettime", "ContinuousClock", "SuspendingClock", "DispatchTime", "SystemRandomNumberGenerator",
        ".random(", ".shuffled(", "UUID()", "Task {", "Thread", "hashValue", "async ", "await ",
    ])
    func `core, simulation and tuning know no clock, no randomness of their own and no threads`(word: String) {
        let folders = ["Sources/Core", "Sources/Simulation/MarginEngine", "Sources/Tuning"]
        for file in folders.flatMap(SourceTree.files(below:)) {
            #expect(!file.code.contains(word), "\(file.path) says \(word)")
        }
    }

    @Test func `tuning imports units, numerics and itself: it knows no strategy, no tape and no C library`() {
        // But for the one module that makes a space of a strategy's parameters.
        let files = SourceTree.files(below: "Sources/Tuning").filter { !$0.path.contains("/StrategySearch/") }
        #expect(files.count >= 30)
        for file in files {
            let foreign = file.imports.filter { !["Units", "Numerics", "Search", "Confirmation"].contains($0) }
            #expect(foreign.isEmpty, "\(file.path) imports \(foreign)")
        }
    }

    @Test func `money is integers: doubles stay in the filter`() {
        let allowed = [
            "Sources/Core/Forecast/", "Sources/Core/Margin/", "Sources/Core/Portfolio/",
            "Sources/Core/Units/Approximate.swift", "Sources/Core/Units/UInt256+Text.swift",
            "Sources/Core/Units/SeededGenerator.swift", "Sources/Core/Winning/Chance.swift", "Sources/Core/Numerics/",
            "Sources/Core/Options/", "Sources/Core/Liquidity/DepthCurve.swift",
            "Sources/Core/Liquidity/CurveEvents.swift", "Sources/Core/Liquidity/SplitCurve.swift",
            "Sources/Core/Liquidity/Inventory.swift", "Sources/Core/Strategy/PairCurve.swift",
            "Sources/Core/Strategy/CashCurve.swift",
            "Sources/Core/Strategy/PairOutline.swift", "Sources/Core/Strategy/PairCeiling.swift",
            "Sources/Core/Strategy/BidSimulation",
            "Sources/Core/Mechanisms/LiquidationBound.swift", "Sources/Core/Engine/MarginCeilings.swift",
            "Sources/Core/Engine/Engine+Ceilings.swift", "Sources/Core/Engine/MarketLook.swift",
            "Sources/Core/Engine/Engine+Promise.swift", "Sources/Core/Domain/RoughPool.swift",
            "Sources/Core/Domain/PriceRange.swift", "Sources/Core/Domain/RoughReserve.swift",
            "Sources/Core/Winning/TipChoice.swift",
            "Sources/Core/Winning/TipOdds.swift", "Sources/Core/Winning/RivalModel.swift",
            "Sources/Core/Winning/Quantiles.swift",
        ]
        for file in SourceTree.files(below: "Sources/Core") + SourceTree.files(below: "Sources/Venues") {
            // A venue's form is the filter's view of its rules, and its bound the bid simulation's.
            let isForm =
                file.path.hasPrefix("Sources/Venues/")
                && (file.path.hasSuffix("Form.swift") || file.path.hasSuffix("Bound.swift"))
            guard !isForm, !allowed.contains(where: file.path.hasPrefix) else { continue }
            #expect(!file.code.contains(#/\b(Double|Float)\b/#), "\(file.path) uses floating point")
        }
    }

    @Test func `paper wiring cannot reach the HTTP client`() throws {
        let reachable = try Manifest().reachable(from: "Desk")
        #expect(reachable.contains("Engine") && reachable.contains("Journal"))
        #expect(reachable.isDisjoint(with: ["HTTPSubmit", "CCurl", "LiveDesk", "VenueProtocol"]))
        for module in reachable.union(["Desk"]) {
            for file in SourceTree.files(below: "Sources") where file.path.contains("/\(module)/") {
                #expect(!file.code.contains("curl_") && !file.imports.contains("FoundationNetworking"), "\(file.path)")
            }
        }
    }

    /// The same in what the compiler made: no object of the paper wiring refers to the HTTP library, and the live one does.
    @Test func `no compiled object of the paper wiring refers to the HTTP library`() throws {
        let products = SourceTree.root.appending(path: ".build/debug")
        let modules = try Manifest().reachable(from: "Desk").union(["Desk"])
        var objects = 0
        for module in modules {
            let folder = products.appending(path: "\(module).build")
            for object in (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
                ?? []
            where object.pathExtension == "o" {
                objects += 1
                #expect(try !Self.mentionsCurl(object), "\(object.lastPathComponent)")
            }
        }
        #expect(objects > 50, "the objects were not found below \(products.path)")
        let client = products.appending(path: "HTTPSubmit.build/HTTPClient.swift.o")
        #expect(try Self.mentionsCurl(client), "the check itself must be able to find it")
    }

    private static func mentionsCurl(_ object: URL) throws -> Bool {
        try Data(contentsOf: object).range(of: Data("curl_multi_".utf8)) != nil
            || Data(contentsOf: object).range(of: Data("curl_easy_".utf8)) != nil
    }

    @Test func `live needs an authorization that only both halves together can make`() throws {
        let files = SourceTree.files(below: "Sources").filter { $0.code.contains("LiveDesk(") }
        #expect(files.map(\.path) == ["Sources/Tools/bailiff/RunCommand.swift"])
        let desk = try #require(
            SourceTree.files(below: "Sources/Tools/LiveDesk").first { $0.path.hasSuffix("/LiveDesk.swift") })
        #expect(desk.code.contains("public init(_ authorization: LiveAuthorization"))
        #expect(desk.code.matches(of: #/init/#).count == 2, "one door to the authorization, one to the desk")
    }

    @Test func `venues and adapters do not use their neighbours`() throws {
        let manifest = try Manifest()
        for (module, layer) in manifest.layers where layer == "Venues" || layer == "Adapters" {
            let neighbours = (manifest.uses[module] ?? []).filter { manifest.layers[$0] == layer }
            #expect(neighbours.isEmpty, "\(module) uses \(neighbours)")
        }
    }

    @Test func `a C library is seen in one folder`() throws {
        let manifest = try Manifest()
        let doors = manifest.layers.filter { $0.value == "C" }.keys
        for door in doors where door != "CLinux" {
            let users = Set(
                SourceTree.files(below: "Sources").filter { $0.imports.contains(door) }
                    .map { $0.path.split(separator: "/").prefix(3).joined(separator: "/") })
            #expect(users.count <= 1, "\(door) is imported in \(users)")
        }
    }

    @Test(arguments: ["try!", "fatalError(", "-Ounchecked", "TODO", "FIXME", "ZMQ_CONFLATE", "@unchecked Sendable"])
    func `what the house forbids is not there`(word: String) {
        for file in SourceTree.files(below: "Sources") where !file.path.contains("Tests") {
            let text = word == "TODO" || word == "FIXME" ? file.text : file.code
            #expect(!text.contains(word), "\(file.path) says \(word)")
        }
    }

    /// Foundation's handles trap when their reader has gone, and `print` goes on for nobody.
    @Test(arguments: ["FileHandle.standardOutput", "FileHandle.standardError", " print(", "fputs("])
    func `the program speaks in one place`(word: String) {
        let files = SourceTree.files(below: "Sources/Tools/bailiff/") + SourceTree.files(below: "Sources/Adapters")
        #expect(files.count > 100)
        for file in files where !file.path.hasSuffix("/Console/StandardStreams.swift") {
            #expect(!file.code.contains(word), "\(file.path) says \(word)")
        }
    }

    @Test func `a file is one idea and stays below three hundred lines`() {
        for file in SourceTree.files(below: "Sources") {
            #expect(file.lines.count <= 300, "\(file.path) has \(file.lines.count) lines")
        }
    }
}
