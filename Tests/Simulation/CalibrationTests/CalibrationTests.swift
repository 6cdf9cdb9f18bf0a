import Configuration
import Domain
import Foundation
import MCAP
import Paper
import TapeContent
import Testing
import Units
import Winning

@testable import Calibration

/// Rules of the fit, and the file that it is written to.
@Suite struct CalibrationTests {
    private static let keys = ModelKey.allCases.map { FigureKey(name: $0.rawValue, count: $0.count, range: $0.range) }

    private static func models() -> CalibratedModels {
        var models = CalibratedModels()
        func figure(_ centre: Int64, _ key: ModelKey, _ spread: Int64) -> ModelFigure {
            func knots(_ by: Int64) -> [Int64] { (0..<key.count).map { centre + Int64($0) * 100 + by } }
            return ModelFigure(
                centre: knots(0), low: knots(-spread), high: knots(spread), samples: 321, from: "a day, \"another\"")
        }
        for key in ModelKey.allCases { models.set(key, figure(key == .rivalCount ? 4_600 : 2_500, key, 500)) }
        return models
    }

    private func order(_ ordinal: Int, at: Moment) -> DecisionEntry {
        let figures = BidFigures(
            repay: 1, seize: 1, protocolFee: 0, proceeds: 1, repayCost: 1, flashLoanFee: 0, gasCost: 0, tipWei: 0,
            gasWei: 0, netProfit: .zero)
        let intent = Intent(
            ordinal: UInt64(ordinal), market: MarketIndex(0), account: AccountIndex(0), accountVersion: 1,
            collateral: ReserveIndex(0), debt: ReserveIndex(1), funding: .capital, figures: figures,
            gasLimit: GasUnits(1), feeCap: .zero, priorityFee: .zero, deadline: BlockNumber(1), minimumMargin: .zero,
            triggeredAt: at)
        return DecisionEntry(at: at, market: "m", account: "a", .submit(intent, collateral: "c", debt: "d"))
    }

    /// A tape of a run: orders answered four milliseconds after they were decided, the first answer of each, and beside them
    /// questions, silence, second answers and orders of an earlier run.
    @Test func `a run's own tape tells how long the way to the venue takes at most`() throws {
        var tape = TapeWriter(RunManifest())
        func answer(_ ordinal: Int?, _ method: String, status: UInt64, at: Moment) {
            tape.write(
                ResponseEntry(
                    at: at, intent: "aa", ordinal: ordinal.map { UInt64($0) }, method: method, status: status,
                    meaning: "accepted", took: .milliseconds(1), bodyBytes: 2))
        }
        for number in 0..<40 {
            let at = Moment.start + .seconds(Int64(number))
            tape.write(order(number, at: at))
            answer(number, "GET", status: 200, at: at + .milliseconds(1))
            answer(number, "POST", status: 0, at: at + .milliseconds(2))
            answer(nil, "POST", status: 202, at: at + .milliseconds(3))
            answer(number, "POST", status: 202, at: at + .milliseconds(4))
            answer(number, "POST", status: 202, at: at + .milliseconds(5))
        }
        tape.container.finish()
        let file = try MCAPFile(MemorySource(tape.container.output))
        var observations = Observations(seed: 1)
        try observations.read(file, title: "a run", rules: [])
        let figure = try #require(observations.fit()[.orderLatency])
        #expect(observations.counts.answers == 40 && figure.samples == 40 && figure.from == "a run")
        #expect(figure.centre.allSatisfy { $0 == 4_000 })
    }

    @Test func `the file is read back to the same numbers`() throws {
        var models = Self.models()
        models.leaveOut(.priorityHigh, because: "of a\nline break")
        let text = ModelText(models, sources: [.init(file: "x", title: "t\n[evil]", sha256: "0")], seed: 7).text
        let found = try FigureFile.decode(text, file: "models.toml", Self.keys)
        #expect(found.count == ModelKey.allCases.count - 1)
        for (key, figure) in models.figures {
            let read = try #require(found[key.rawValue])
            #expect(read.centre == figure.centre && read.low == figure.low && read.high == figure.high, "\(key)")
            #expect(read.samples == figure.samples && read.from == "a day, another", "\(key)")
        }
    }

    @Test(arguments: [
        ("format = 1\n[rivals]\ncuont = 3000", "rivals.cuont"),
        ("format = 1\n[rivals]\ncount = 3000", "rivals.count_low"),
        ("format = 2", "format"),
        ("", "format"),
        (
            "format = 1\n[rivals]\ncount = 3000\ncount_low = 3500\ncount_high = 4000\ncount_samples = 9\ncount_from = \"x\"",
            "rivals.count"
        ),
        (
            "format = 1\n[rivals]\ncount = 900\ncount_low = 900\ncount_high = 4000\ncount_samples = 9\ncount_from = \"x\"",
            "rivals.count"
        ),
    ])
    func `a file with anything strange in it is refused by its key`(text: String, key: String) {
        let error = #expect(throws: ConfigurationError.self) {
            _ = try FigureFile.decode(text, file: "models.toml", Self.keys)
        }
        #expect(error?.problems.contains { $0.key == key } ?? false, "\(error?.description ?? "")")
    }

    @Test func `models change their settings of two presets, and nothing else`() {
        let models = Self.models()
        #expect(PaperPreset.measured.calibrated(by: models) == .measured)
        #expect(PaperPreset.standard.calibrated(by: CalibratedModels()) == .standard)
        let changed = Set(ModelKey.allCases.compactMap(\.setting)).union(["decision_latency"])
        for (preset, stays) in [(PaperPreset.standard, ["base_fee_factor"]), (.adversarial, [])] {
            let after = preset.calibrated(by: models)
            for row in PaperPreset.table {
                let isFitted = changed.contains(row.name) && !stays.contains(row.name)
                #expect((row.read(after) != row.read(preset)) == isFitted, "\(preset.name), \(row.name)")
                #expect((after.calibrated[row.name] != nil) == isFitted, "\(preset.name), \(row.name)")
            }
        }
    }

    @Test func `the default has the centre, the adversarial preset the worse end`() {
        let (standard, hard) = (
            PaperPreset.standard.calibrated(by: Self.models()), PaperPreset.adversarial.calibrated(by: Self.models())
        )
        #expect(standard.rivals == 5 && hard.rivals == 6)
        #expect(standard.inclusionLow == .basisPoints(2_500) && hard.inclusionLow == .basisPoints(2_000))
        #expect(standard.rivalLatency.knot(0) == 2_500 && hard.rivalLatency.knot(0) == 2_000)
        #expect(standard.rivalTipShare.knot(16) == 4_100 && hard.rivalTipShare.knot(16) == 4_600)
        #expect(standard.orderLatency.knot(0) == 2_500 && hard.orderLatency.knot(0) == 3_000)
        #expect(hard.baseFeeFactor == .basisPoints(10_000 + 2_500 + 1_500 + 500))
        #expect(standard.decisionLatency == Quantiles(from: 0, to: 0))
    }

    /// Worked out by hand: 6, 3 and 1 of 10 wins; λ = (30 + 6 + 0) / 90, so 2.5.
    @Test func `unequal winners count for fewer`() throws {
        var count = RivalCount()
        for (name, wins) in [("a", 6), ("b", 3), ("c", 1)] {
            for win in 0..<wins { count.add(name, at: Int64(name.utf8.first ?? 0) * 100 + Int64(win)) }
        }
        var random = SeededGenerator(seed: 1)
        let found = try #require(count.fit(&random))
        #expect(found.centre == 2_500 && found.low < 2_500 && found.high > 2_500)
    }

    private static func tape(_ rows: [HistoryEntry]) throws -> MCAPFile {
        var tape = TapeWriter(RunManifest())
        for row in rows { tape.write(row) }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    private static func row(_ source: String, _ header: String, _ row: String, day: Int64 = 0) -> HistoryEntry {
        HistoryEntry(
            at: Moment(nanoseconds: (20_000 + day) * 86_400_000_000_000), source: source, line: 2, header: header,
            row: row)
    }

    private static let auctions = "compound_v3_liquidations_oev"
    private static let auctionHeader = "tx_hash,available_incentive_usd,svr_routed,gross_recaptured_eth"

    private static func fit(_ rows: [HistoryEntry]) throws -> (CalibratedModels, Observations.Counts) {
        var observations = Observations(seed: 1)
        try observations.read(tape(rows), title: "rows", rules: [])
        let models = observations.fit()
        return (models, observations.counts)
    }

    /// Each of 40 transactions in two rows: 0.01 and 0.04 of ether at 2,000 dollars, of an incentive of 200 dollars for both: a half.
    @Test func `an auction's rows are one transaction, valued at the nearest price of ether`() throws {
        var rows = [
            Self.row("gmx_v2_arbitrum_eth_1m", "timestamp,indexPrice", "x,2000.0"),
            Self.row("gmx_v2_arbitrum_eth_1m", "timestamp,indexPrice", "x,9000.0", day: 20),
        ]
        for number in 0..<40 {
            for part in ["0.01", "0.04"] {
                rows.append(Self.row(Self.auctions, Self.auctionHeader, "\(number),200.0,true,\(part)", day: 3))
            }
        }
        rows.append(Self.row(Self.auctions, Self.auctionHeader, "99,200.0,false,", day: 3))
        let (models, counts) = try Self.fit(rows)
        let figure = try #require(models[.rivalTipShare])
        #expect(figure.samples == 40 && figure.centre == [Int64](repeating: 5_000, count: 17))
        #expect(counts.auctions == 40 && counts.withoutAuction == 1 && counts.auctionsAboveIncentive == 0)
    }

    @Test func `an auction far from every price of ether is not valued, and that is said`() throws {
        var rows = [Self.row("gmx_v2_arbitrum_eth_1m", "timestamp,indexPrice", "x,2000.0")]
        for number in 0..<40 {
            rows.append(Self.row(Self.auctions, Self.auctionHeader, "\(number),200.0,true,1", day: 15))
        }
        let (models, counts) = try Self.fit(rows)
        #expect(models[.rivalTipShare] == nil && counts.auctionsWithoutPrice == 40)
        #expect(models.unknown[.rivalTipShare]?.contains("no price of ether") ?? false)
    }

    @Test(arguments: ["1,2e3,true,1", "1,,true,1", "1,-3,true,1", "1,3,maybe,1", "1,3,true", "1,nan,true,1"])
    func `a row that is not as its recording has it is refused`(row: String) {
        #expect(throws: CalibrationFault.self) { _ = try Self.fit([Self.row(Self.auctions, Self.auctionHeader, row)]) }
    }

    @Test func `what nothing tells of is not known, with the reason`() throws {
        let (models, _) = try Self.fit([])
        #expect(models.figures.isEmpty && models.unknown.count == ModelKey.allCases.count)
        for why in models.unknown.values { #expect(!why.isEmpty) }
    }

    @Test(arguments: [
        "{\"kind\":\"sent\"}\n", "no JSON\n", "{\"kind\":\"run\",\"format\":1}\n", "{\"kind\":\"end\"}\n",
    ])
    func `a log that is none, or not whole, is refused`(log: String) {
        var observations = Observations(seed: 1)
        #expect(throws: CalibrationFault.self) {
            try observations.read(log: Data(log.utf8), named: "log", title: "log")
        }
    }

    @Test func `the documentation prints the table of keys as it is`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "docs/calibration.md"), encoding: .utf8)
        for key in ModelKey.allCases {
            let setting = key.setting.map { "`\($0)`" } ?? "none"
            let numbers = key.count == 1 ? "1" : "\(key.count)"
            let line = "| `\(key.rawValue)` | \(numbers) | \(key.unit) | \(key.meaning) | \(setting) |"
            #expect(text.components(separatedBy: "\n").contains(line), "\(line)")
        }
    }
}
