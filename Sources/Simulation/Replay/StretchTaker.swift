public import Domain
public import TapeCache
import Units

/// Whoever follows prices and can say of many at once that they change nothing: the engine, and the paper world.
public protocol StretchTaker: ~Copyable {
    /// Whether prices within the ranges, in any order, make nobody cross.
    mutating func isQuiet(_ ranges: inout ContiguousArray<PriceRange>) -> Bool
    /// Takes the last price of an instrument in a quiet part.
    mutating func put(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault)
    /// A quiet part of so many ticks is over.
    mutating func settle(after ticks: Int)
    /// Takes one tick as it comes.
    mutating func play(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault)
}

/// Halves a stretch until its parts are quiet or single ticks. The same follows from it as from all ticks in turn.
public struct StretchHalving {
    private var spans: ContiguousArray<StretchTable.LaneSpan> = []
    private var ranges: ContiguousArray<PriceRange> = []
    private let loud: LoudTicks?

    /// - Parameter loud: of runs of the same tape; `nil` where there is one run.
    public init(_ loud: LoudTicks? = nil) {
        self.loud = loud
        loud?.begin()
    }

    /// Parts up to so long are played tick by tick.
    private static let singlesMax = 2

    public mutating func play(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        var start = part.lowerBound
        while let loud = loud?.first(in: stretch.first + start..<stretch.first + part.upperBound) {
            let position = loud - stretch.first
            try halve(start..<position, of: stretch, to: &taker, table, in: file)
            try playEach(position..<position + 1, of: stretch, to: &taker, table, in: file)
            start = position + 1
        }
        try halve(start..<part.upperBound, of: stretch, to: &taker, table, in: file)
    }

    private func playEach(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        for position in part {
            loud?.note(stretch.first + position)
            try taker.play(table.tick(position, of: stretch, in: file), table, in: file)
        }
    }

    /// - Parameter isLoud: whether it is known that the part is not quiet as a whole.
    private mutating func halve(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, to taker: inout some StretchTaker & ~Copyable,
        isLoud: Bool = false, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        guard part.count > Self.singlesMax else {
            return try playEach(part, of: stretch, to: &taker, table, in: file)
        }
        if !isLoud, try takeWhole(part, of: stretch, to: &taker, table, in: file) { return }
        let middle = Self.middle(of: part)
        let isFirstQuiet = try takeWhole(part.lowerBound..<middle, of: stretch, to: &taker, table, in: file)
        if !isFirstQuiet {
            try halve(part.lowerBound..<middle, of: stretch, to: &taker, isLoud: true, table, in: file)
        }
        // What is loud about the whole must then lie in its second half, or in both together.
        try halve(middle..<part.upperBound, of: stretch, to: &taker, isLoud: isFirstQuiet, table, in: file)
    }

    private mutating func takeWhole(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> Bool {
        try table.gather(part, of: stretch, in: file, into: &spans)
        ranges.removeAll(keepingCapacity: true)
        for (lane, span) in zip(table.lanes, spans) where span.last >= 0 {
            ranges.append(
                PriceRange(lane.reserve, from: lane.stream, lowest: span.lowest, highest: span.highest))
        }
        guard taker.isQuiet(&ranges) else { return false }
        // In the order in which they came, so that of an instrument that two streams price the later one stands.
        while let next = spans.indices.min(by: { rank(spans[$0]) < rank(spans[$1]) }), spans[next].last >= 0 {
            try taker.put(table.tick(spans[next].last, of: stretch, in: file), table, in: file)
            spans[next].last = -1
        }
        taker.settle(after: part.count)
        return true
    }

    private func rank(_ span: StretchTable.LaneSpan) -> Int { span.last >= 0 ? span.last : .max }

    /// At a leaf's border where the part has more than one: of whole leaves enough is known.
    private static func middle(of part: Range<Int>) -> Int {
        let middle = part.lowerBound + part.count / 2
        let border = middle / StretchTable.leafRecords * StretchTable.leafRecords
        return border > part.lowerBound ? border : middle
    }
}
