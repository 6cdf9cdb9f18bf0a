import Episodes
import FeedProtocol
import Domain
import Foundation
import TapeContent
import TapeImport
import Testing
import Units

@Suite struct ImportTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)").path
    }

    /// A file of another's, under the name that the importer knows it by.
    private func write(_ text: String, to name: String) throws -> String {
        let path = URL(fileURLWithPath: folder + "/" + name)
        try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: path)
        return path.path
    }

    private func fault(_ source: String, _ layout: ImportRequest.Layout? = nil) -> SourceFault? {
        var request = ImportRequest(source: source)
        request.layout = layout
        do throws(SourceFault) { _ = try TapeSource.read(request) } catch { return error }
        return nil
    }

    private static let calm = "symbol,unix_s,open,high,low,close,volume,bid_close,bid_size,ask_close,ask_size\n"

    struct Trap: CustomTestStringConvertible {
        var name: String
        var rows: String
        var code: SourceFault.Code
        var line: Int
        var column: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        Trap(
            name: "somebody's midnight", rows: "ETHUSD,1504425600,3,3,3,3,1,3,1,3,1\n", code: .localMidnight, line: 2,
            column: "unix_s"),
        Trap(
            name: "the wrong year", rows: "ETHUSD,1535932800,3,3,3,3,1,3,1,3,1\n", code: .wrongLabel, line: 2,
            column: "unix_s"),
        Trap(
            name: "a blank", rows: "ETHUSD,1504396800,3,3,3,3,1,3,1,3,1\nETHUSD,1504396860,3,3,3,,1,3,1,3,1\n",
            code: .notANumber, line: 3, column: "close"),
        Trap(
            name: "another unit",
            rows: "ETHUSD,1504396800,3,3,3,3,1,3,1,3,1\nETHUSD,1504396860,3000,3000,3000,3000,1,3,1,3,1\n",
            code: .unitsChange, line: 3, column: "close"),
        Trap(
            name: "time that goes back",
            rows: "ETHUSD,1504396800,3,3,3,3,1,3,1,3,1\nETHUSD,1504396740,3,3,3,3,1,3,1,3,1\n",
            code: .timeGoesBackwards, line: 3, column: "unix_s"),
        Trap(
            name: "a low that is not low", rows: "ETHUSD,1504396800,3,4,3.5,3,1,3,1,3,1\n", code: .pricesDisagree,
            line: 2, column: "low"),
        Trap(
            name: "a price of nothing", rows: "ETHUSD,1504396800,0,0,0,0,1,3,1,3,1\n", code: .outOfRange, line: 2,
            column: "open"),
        Trap(
            name: "a row that is short", rows: "ETHUSD,1504396800,3,3\n", code: .fieldCount, line: 2, column: ""),
    ])
    func `a trap is refused with its file, line and column`(trap: Trap) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = try write(Self.calm + trap.rows, to: "2017-09-calm/ethusd_btcusd_1m.csv.gz")
        let found = try #require(fault(folder + "/2017-09-calm"))
        #expect(found.code == trap.code && found.line == trap.line && found.column == trap.column)
        #expect(found.file == path)
    }

    @Test func `a folder that is none of the known is refused with their names`() {
        let found = fault("/somewhere/2019-crash")
        #expect(found?.code == .unknownWord && found?.found.contains("2017-09-calm") == true)
    }

    private struct Frame { var topic: [UInt8], body: [UInt8], at: Moment }

    private func frames(_ source: TapeSource) throws -> (frames: [Frame], history: [HistoryEntry]) {
        var frames: [Frame] = []
        var history: [HistoryEntry] = []
        try source.write(
            frame: { topic, body, at, _ in frames.append(Frame(topic: topic, body: body, at: at)) },
            history: { history.append($0) })
        return (frames, history)
    }

    private func prices(_ frames: [Frame]) -> [UInt128] {
        var decoder = FeedDecoder(rules: ["aave-2"])
        var inputs: ContiguousArray<Input> = []
        for frame in frames {
            _ = decoder.decode(topic: frame.topic.span.bytes, body: frame.body.span.bytes, into: &inputs)
        }
        #expect(decoder.counters.faulty == 0 && decoder.counters.recordFaults.total == 0)
        #expect(decoder.counters.missing == 0)
        return inputs.compactMap { if case .price(_, let price) = $0 { price.baseUnits } else { nil } }
    }

    @Test func `bars of anybody become prices at their closes`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = try write(
            "timestamp,open,high,low,close,volume\n2021-01-11 00:00:00,1,3,1,2.5,9\n2021-01-11 00:01:00,2,2,2,2,\n",
            to: "any.csv")
        var request = ImportRequest(source: path)
        request.asset = "XYZ"
        let told = try frames(TapeSource.read(request))
        let one: UInt128 = 1_000_000_000_000_000_000
        #expect(prices(told.frames) == [one, one * 5 / 2, one * 2])
        #expect(told.frames.last?.at == Moment(nanoseconds: 1_610_323_260_000_000_000))
        #expect(told.history.map(\.row) == ["2021-01-11 00:00:00,1,3,1,2.5,9", "2021-01-11 00:01:00,2,2,2,2,"])
        #expect(told.history.map(\.line) == [2, 3])
    }

    @Test func `ticks are a price, or the middle of bid and ask`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let single = try write("unix_ms,price\n1000,5\n1001,6\n", to: "a.csv")
        let double = try write("unix_ns,bid,ask\n1000,5,7\n1000,6,6\n", to: "b.csv")
        let one: UInt128 = 1_000_000_000_000_000_000
        for (path, expected) in [(single, [one, one * 5, one * 6]), (double, [one, one * 6, one * 6])] {
            var request = ImportRequest(source: path)
            request.layout = .ticks
            #expect(try prices(frames(TapeSource.read(request)).frames) == expected)
        }
        #expect(fault(single, .ohlc)?.code == .headerMismatch)
        let crossed = try write("unix_ns,bid,ask\n1000,8,7\n", to: "c.csv")
        #expect(fault(crossed, .ticks)?.code == .askBelowBid)
    }

    /// The smaller recordings themselves, where they are; the process tests take all.
    @Test(
        .enabled(if: Recordings.areThere, "shared/data is not on this machine"),
        arguments: ["2017-09-calm", "perp-market", "competition"])
    func `a recorded episode imports without a fault`(name: String) throws {
        let source = try TapeSource.read(ImportRequest(source: Recordings.folder + "/" + name))
        let told = try frames(source)
        #expect(told.history.count == Int(source.historyCount) && told.history.count >= 1_000)
        let found = prices(told.frames)
        #expect(name == "competition" ? found.isEmpty : found.count > 1_000)
    }
}

enum Recordings {
    static let folder = ProcessInfo.processInfo.environment["BAILIFF_DATA"] ?? "../shared/data"
    static var areThere: Bool { FileManager.default.fileExists(atPath: folder + "/README.md") }
}
