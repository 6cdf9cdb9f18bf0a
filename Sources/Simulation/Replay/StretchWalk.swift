public import Domain
public import Margin
public import TapeCache
public import Units

/// Whoever follows prices and can say of many at once that they change nothing: the engine, and the paper world.
public protocol StretchTaker: ~Copyable {
    /// Who may change sides while prices take any values of the ranges in any order.
    mutating func look(_ ranges: inout ContiguousArray<PriceRange>) -> StretchLook
    /// Whether none of the last look's suspects does within narrower ranges.
    mutating func narrow(_ ranges: inout ContiguousArray<PriceRange>) -> Bool
    /// Follows those that the last `narrow` left, tick by tick.
    mutating func follow()
    /// Whether an instrument's price can move one of those at all.
    func concerns(_ reserve: ReserveIndex) -> Bool
    /// Whether none of those changes sides with the tape's next price of an instrument.
    mutating func stays(_ reserve: ReserveIndex, at price: Price) -> Bool
    /// What tells the last look's suspects, as they stand, from others; `nil` where nothing does.
    mutating func printOfSuspects() -> Fingerprint?
    /// Who did not stay with the price that was asked about last.
    var moved: ContiguousArray<AccountIndex> { get }
    /// Takes it as asked, with this answer.
    mutating func recall(_ moved: ArraySlice<AccountIndex>)
    /// Takes the price with which they did not stay.
    mutating func cross(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault)
    /// Takes the last price of an instrument in a quiet part. Not always in the order in which they came.
    mutating func put(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault)
    /// A part is over in which so many ticks were quiet.
    mutating func settle(after ticks: Int)
    /// Takes one tick as it comes.
    mutating func play(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault)
}

/// Takes a stretch whole where it is quiet, and plays the ticks at which a suspect may change sides. The same follows from it as from all
/// ticks in turn.
public struct StretchWalk {
    private var spans: ContiguousArray<StretchTable.LaneSpan> = []
    private var ranges: ContiguousArray<PriceRange> = []
    /// Of the part that is looked at.
    private var lasts: ContiguousArray<Tick> = []
    /// What the lanes did in quiet leaves whose last prices are not put yet: most need not be, since later ones come.
    private var passed: ContiguousArray<StretchTable.LaneSpan> = []
    private var together: ContiguousArray<StretchTable.LaneSpan> = []
    /// Of a leaf that is gone through.
    private var quotes: ContiguousArray<StretchTable.Quote> = []

    /// What is found out of the part that is gone through; `nil` where nobody will ask.
    private var found: WalkMemory.Walk?
    private let memory: WalkMemory?

    /// - Parameter memory: of this taker's walks over the same tape.
    public init(_ memory: WalkMemory? = nil) { self.memory = memory }

    public mutating func play(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        guard part.count > 1 else {
            for position in part { try taker.play(table.tick(position, of: stretch, in: file), table, in: file) }
            return
        }
        let number = try know(part, of: stretch, table, in: file)
        switch taker.look(&ranges) {
        case .quiet:
            for i in lasts.indices { try taker.put(lasts[i], table, in: file) }
            taker.settle(after: part.count)
        case .suspects: try recallOrWalk(part, number, of: stretch, to: &taker, table, in: file)
        case .unknown:
            let middle = Self.middle(of: part)
            try play(part.lowerBound..<middle, of: stretch, to: &taker, table, in: file)
            try play(middle..<part.upperBound, of: stretch, to: &taker, table, in: file)
        }
    }

    /// What a part's prices are within, and its last ones: from memory or from the file. Its number in memory, where there is one.
    private mutating func know(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> Int? {
        if let number = memory?.number(of: part, in: stretch) {
            memory?.tell(number, &ranges, &lasts)
            return number
        }
        try table.gather(part, of: stretch, in: file, into: &spans)
        setRanges(spans, table)
        lasts.removeAll(keepingCapacity: true)
        for lane in spans.indices where Self.isLatest(lane, of: spans, table) {
            lasts.append(try table.tick(spans[lane].last, of: stretch, in: file))
        }
        return memory?.note(part, in: stretch, ranges, lasts)
    }

    private mutating func recallOrWalk(
        _ part: Range<Int>, _ number: Int?, of stretch: StretchTable.Stretch,
        to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        guard let memory, let number, let print = taker.printOfSuspects() else {
            return try walk(part, of: stretch, to: &taker, table, in: file)
        }
        if let known = memory.recall(number, print) {
            return try retrace(known, part, of: stretch, to: &taker, table, in: file)
        }
        found = WalkMemory.Walk(print)
        try walk(part, of: stretch, to: &taker, table, in: file)
        if let found { memory.note(found, of: number) }
        found = nil
    }

    /// Plays the ticks at which somebody did not stay when it was walked, and asks nobody.
    private mutating func retrace(
        _ known: WalkMemory.Walk, _ part: Range<Int>, of stretch: StretchTable.Stretch,
        to taker: inout some StretchTaker & ~Copyable, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        for step in 0..<known.count {
            for i in known.quiet(before: step) { try taker.put(known.quiet[i], table, in: file) }
            taker.recall(known.moved(at: step))
            try taker.cross(known.crossings[step], table, in: file)
        }
        // Of some instruments once more: that changes nothing.
        for i in lasts.indices { try taker.put(lasts[i], table, in: file) }
        taker.settle(after: part.count - known.count)
    }

    /// Leaf by leaf, asking the suspects alone. Neighbouring leaves are asked about together, until something is loud.
    private mutating func walk(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        var quiet = 0
        passed.removeAll(keepingCapacity: true)
        for leaf in stretch.leaves(of: part) {
            let ticks = stretch.part(leaf).clamped(to: part)
            try table.gather(ticks, of: stretch, in: file, into: &spans)
            if !passed.isEmpty {
                together.removeAll(keepingCapacity: true)
                for lane in spans.indices { together.append(passed[lane].followed(by: spans[lane])) }
                setRanges(together, table)
                if taker.narrow(&ranges) {
                    quiet += ticks.count
                    swap(&passed, &together)
                    continue
                }
                // By itself the leaf may still be quiet.
                try Self.putLast(&passed, &found, of: stretch, to: &taker, table, in: file)
                passed.removeAll(keepingCapacity: true)
            }
            setRanges(spans, table)
            if taker.narrow(&ranges) {
                quiet += ticks.count
                swap(&passed, &spans)
            } else {
                try playEach(ticks, &quiet, of: stretch, to: &taker, table, in: file)
            }
        }
        try Self.putLast(&passed, &found, of: stretch, to: &taker, table, in: file)
        taker.settle(after: quiet)
    }

    /// Tick by tick, asking those alone whom the leaf could not clear. Of all other ticks the last of each instrument will do, before one
    /// of theirs.
    private mutating func playEach(
        _ part: Range<Int>, _ quiet: inout Int, of stretch: StretchTable.Stretch,
        to taker: inout some StretchTaker & ~Copyable, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        taker.follow()
        try table.read(part, of: stretch, in: file, into: &quotes)
        passed.append(contentsOf: repeatElement(StretchTable.LaneSpan(), count: table.lanes.count))
        // By lane, the last quiet tick that is not put yet.
        var last = InlineArray<64, Int>(repeating: -1)
        var crossed = 0
        for i in quotes.indices {
            let (lane, reserve) = (quotes[i].lane, quotes[i].reserve)
            if !taker.concerns(reserve) || taker.stays(reserve, at: quotes[i].price) {
                last[lane] = part.lowerBound + i
                continue
            }
            for lane in passed.indices {
                passed[lane].last = table.lanes[lane].reserve.raw == reserve.raw ? -1 : last[lane]
                last[lane] = -1
            }
            try Self.putLast(&passed, &found, of: stretch, to: &taker, table, in: file)
            let tick = try table.tick(part.lowerBound + i, of: stretch, in: file)
            found?.cross(tick, taker.moved)
            try taker.cross(tick, table, in: file)
            crossed += 1
        }
        quiet += part.count - crossed
        for lane in passed.indices { passed[lane].last = last[lane] }
        try Self.putLast(&passed, &found, of: stretch, to: &taker, table, in: file)
        passed.removeAll(keepingCapacity: true)
    }

    private mutating func setRanges(
        _ spans: ContiguousArray<StretchTable.LaneSpan>, _ table: borrowing StretchTable
    ) {
        ranges.removeAll(keepingCapacity: true)
        for lane in spans.indices where spans[lane].last >= 0 {
            ranges.append(
                PriceRange(
                    table.lanes[lane].reserve, from: table.lanes[lane].stream, lowest: spans[lane].lowest,
                    highest: spans[lane].highest))
        }
    }

    /// The last price of each instrument.
    private static func putLast(
        _ spans: inout ContiguousArray<StretchTable.LaneSpan>, _ found: inout WalkMemory.Walk?,
        of stretch: StretchTable.Stretch,
        to taker: inout some StretchTaker & ~Copyable,
        _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        for lane in spans.indices where isLatest(lane, of: spans, table) {
            let tick = try table.tick(spans[lane].last, of: stretch, in: file)
            found?.put(tick)
            try taker.put(tick, table, in: file)
        }
        for lane in spans.indices { spans[lane].last = -1 }
    }

    /// Of an instrument that two streams price, the later counts.
    private static func isLatest(
        _ lane: Int, of spans: ContiguousArray<StretchTable.LaneSpan>, _ table: borrowing StretchTable
    ) -> Bool {
        guard spans[lane].last >= 0 else { return false }
        let reserve = table.lanes[lane].reserve.raw
        for other in spans.indices where table.lanes[other].reserve.raw == reserve {
            if spans[other].last > spans[lane].last { return false }
        }
        return true
    }

    /// At a leaf's border where the part has more than one: of whole leaves enough is known.
    private static func middle(of part: Range<Int>) -> Int {
        let middle = part.lowerBound + part.count / 2
        let border = middle / StretchTable.leafRecords * StretchTable.leafRecords
        return border > part.lowerBound ? border : middle
    }
}
