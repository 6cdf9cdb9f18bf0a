import Domain
import TapeCache
import Testing
import Units

/// Runs of prices in a cache, against every record looked at by itself.
@Suite struct StretchTableTests {
    @Test(arguments: 0..<20)
    func `what a part of a stretch is within is what its records say`(seed: UInt64) throws {
        var tape = RandomTape(seed: seed)
        let file = tape.file()
        let header = try CacheHeader(reading: file.span.bytes)
        let table = try StretchTable(reading: header, in: file.span.bytes)
        #expect(table.count > 0)
        for number in 0..<table.count {
            let stretch = try table.stretch(number, in: file.span.bytes)
            #expect(stretch.records >= StretchTable.recordsMin)
            for round in 0..<20 {
                let first = Int(tape.random.below(UInt64(stretch.records)))
                let some = first..<first + 1 + Int(tape.random.below(UInt64(stretch.records - first)))
                let part = round == 0 ? 0..<stretch.records : some
                var spans: ContiguousArray<StretchTable.LaneSpan> = []
                try table.gather(part, of: stretch, in: file.span.bytes, into: &spans)
                #expect(try spans == byHand(part, stretch, table, file), "seed \(seed), \(stretch.first) \(part)")
                var quotes: ContiguousArray<StretchTable.Quote> = []
                try table.read(part, of: stretch, in: file.span.bytes, into: &quotes)
                let ticks = try ticks(part, stretch, table, file)
                #expect(quotes.map(\.price) == ticks.map(\.price), "seed \(seed)")
                for (quote, tick) in zip(quotes, ticks) {
                    let lane = table.lanes[quote.lane]
                    let isSame = lane.reserve == tick.reserve && lane.stream == tick.stream
                    #expect(isSame && quote.reserve == tick.reserve, "seed \(seed), \(tick.position)")
                }
            }
        }
    }

    @Test(arguments: 0..<20)
    func `stretches are just the runs of frames of one price that are long enough`(seed: UInt64) throws {
        var tape = RandomTape(seed: seed)
        let file = tape.file()
        let header = try CacheHeader(reading: file.span.bytes)
        let table = try StretchTable(reading: header, in: file.span.bytes)
        let found = try (0..<table.count).map { number in
            let stretch = try table.stretch(number, in: file.span.bytes)
            return stretch.first..<stretch.first + stretch.records
        }
        #expect(found == tape.runs.filter { $0.count >= StretchTable.recordsMin }, "seed \(seed)")
    }

    @Test func `a table that does not fit its file is refused`() throws {
        var tape = RandomTape(seed: 3)
        let whole = tape.file()
        let header = try CacheHeader(reading: whole.span.bytes)
        let start = Int(header.blobOffset + header.blobBytes)
        for place in [0, 4, 8] {
            var broken = whole
            broken[start + place] &+= 1
            #expect(throws: CacheFault.self, "byte \(place)") {
                _ = try StretchTable(reading: header, in: broken.span.bytes)
            }
        }
        let table = try StretchTable(reading: header, in: whole.span.bytes)
        var broken = whole
        let stretches = start + 16 + 8 * table.lanes.count
        broken[stretches + 8] = 255
        broken[stretches + 10] = 255
        #expect(throws: CacheFault.self) { _ = try table.stretch(0, in: broken.span.bytes) }
    }

    private func ticks(
        _ part: Range<Int>, _ stretch: StretchTable.Stretch, _ table: StretchTable, _ file: [UInt8]
    ) throws -> [Tick] {
        try part.map { try table.tick($0, of: stretch, in: file.span.bytes) }
    }

    private func byHand(
        _ part: Range<Int>, _ stretch: StretchTable.Stretch, _ table: StretchTable, _ file: [UInt8]
    ) throws -> ContiguousArray<StretchTable.LaneSpan> {
        var spans = ContiguousArray(repeating: StretchTable.LaneSpan(), count: table.lanes.count)
        for position in part {
            let tick = try table.tick(position, of: stretch, in: file.span.bytes)
            let lane = try #require(table.lanes.firstIndex { $0.reserve == tick.reserve && $0.stream == tick.stream })
            spans[lane].lowest = min(spans[lane].lowest, tick.price.baseUnits.approximate)
            spans[lane].highest = max(spans[lane].highest, tick.price.baseUnits.approximate)
            spans[lane].last = position
            spans[lane].count += 1
        }
        return spans
    }
}

/// Frames of one price with others between them.
private struct RandomTape {
    var random: SeededGenerator
    /// Runs of records that are one price each.
    private(set) var runs: [Range<Int>] = []
    private var records = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func file() -> [UInt8] {
        var writer = CacheWriter(
            CacheHeader(tape: String(repeating: "ab", count: 32), decoder: String(repeating: "0f", count: 32)))
        for _ in 0..<12 {
            // Some of several branches, whole ones among them.
            let length = Int(random.below(random.below(3) == 0 ? 2_500 : 300))
            for _ in 0..<length { write(prices: 1, &writer) }
            if length > 0 { runs.append(records - length..<records) }
            other(&writer)
        }
        let body = writer.take()
        let (rest, header) = writer.finish { _ in String(repeating: "77", count: 32) }
        return header + body + rest
    }

    /// What no stretch holds: several prices in a frame, another input, nothing, a frame as it came, a row.
    private mutating func other(_ writer: inout CacheWriter) {
        switch random.below(5) {
        case 0: write(prices: 2, &writer)
        case 1: add(.funding(ReserveIndex(1), 5), &writer)
        case 2:
            writer.write([], at: Moment(nanoseconds: Int64(records)), publishedAt: .start, stream: 0)
            records += 1
        case 3:
            writer.write(topic: [1, 2].span.bytes, body: [3].span.bytes, at: Moment(nanoseconds: Int64(records)))
            records += 1
        default:
            writer.write(history: [9, 9].span.bytes, at: Moment(nanoseconds: Int64(records)))
            records += 1
        }
    }

    private mutating func add(_ input: Input, _ writer: inout CacheWriter) {
        writer.write(
            [input].compactMap(HotInput.fields), at: Moment(nanoseconds: Int64(records)), publishedAt: .start, stream: 0
        )
        records += 1
    }

    private mutating func write(prices: Int, _ writer: inout CacheWriter) {
        let fields = (0..<prices).compactMap { _ in
            HotInput.fields(
                of: .price(
                    ReserveIndex(Int(random.below(5))),
                    Price(baseUnits: 1 + UInt128(random.next()) * UInt128(random.next()))))
        }
        writer.write(
            fields, at: Moment(nanoseconds: Int64(records)), publishedAt: .start, stream: UInt8(random.below(2)))
        records += prices
    }
}
