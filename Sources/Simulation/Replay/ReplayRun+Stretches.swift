import FeedProtocol
public import Domain
import Engine
public import Margin
public import TapeCache
public import Units

/// Stretches of a compiled tape: their frames are counted and numbered, and the engine hears of them what is needed.
extension ReplayRun {
    /// Frames of a stretch, in parts within which no stream can fall silent.
    mutating func play(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        let (first, last) = (
            try table.tick(part.lowerBound, of: stretch, in: file),
            try table.tick(part.upperBound - 1, of: stretch, in: file)
        )
        if watch.isWatching, !watch.keepsHearing(from: first.at, to: last.at) {
            guard part.count > 1 else { return try playOne(first, table, in: file) }
            let middle = part.lowerBound + part.count / 2
            try play(part.lowerBound..<middle, of: stretch, table, in: file)
            return try play(middle..<part.upperBound, of: stretch, table, in: file)
        }
        try advance(to: first.at, table, in: file)
        report.frames += UInt64(part.count)
        report.first = report.first ?? first.at
        report.last = last.at
        try pass(part, of: stretch, table, in: file)
        try venue.receive(part, of: stretch, table, in: file)
        try advance(to: last.at, table, in: file)
    }

    /// Streams and silence take note of the frames.
    private mutating func pass(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        var spans: ContiguousArray<StretchTable.LaneSpan> = []
        try table.gather(part, of: stretch, in: file, into: &spans)
        for (lane, span) in zip(table.lanes, spans) where span.last >= 0 {
            guard decoder.pass(lane.stream, count: span.count) else {
                throw CacheFault(
                    .badRecord, found: "out of order at \(stretch.first)", allowed: "compile it again")
            }
            guard watch.isWatching else { continue }
            _ = watch.hear(lane.stream, at: try table.tick(span.last, of: stretch, in: file).at)
        }
    }

    private mutating func playOne(
        _ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        try advance(to: tick.at, table, in: file)
        begin(at: tick.at)
        guard decoder.pass(tick.stream, count: 1) else {
            throw CacheFault(.badRecord, found: "out of order at \(tick.position)", allowed: "compile it again")
        }
        inputs.append(.price(tick.reserve, tick.price))
        end(tick.stream, publishedAt: tick.publishedAt, at: tick.at)
    }

    /// Gives the engine all that is due, ticks of stretches too.
    mutating func advance(
        to now: Moment, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        deliver(by: now)
        while let ticks = try venue.ticks(by: now, table, in: file) {
            var walk = StretchWalk()
            swap(&walk, &self.walk)
            defer { swap(&walk, &self.walk) }
            try walk.play(ticks.part, of: ticks.stretch, to: &self, table, in: file)
            deliver(by: now)
        }
    }
}

/// The engine, hearing what the venue lets it hear.
extension ReplayRun: StretchTaker {
    public mutating func look(_ ranges: inout ContiguousArray<PriceRange>) -> StretchLook {
        venue.hear(&ranges)
        return engine.look(ranges.span)
    }

    public mutating func narrow(_ ranges: inout ContiguousArray<PriceRange>) -> Bool {
        venue.hear(&ranges)
        return engine.narrow(ranges.span)
    }

    public mutating func follow() { engine.follow() }

    public func concerns(_ reserve: ReserveIndex) -> Bool { engine.concerns(reserve) }

    public mutating func stays(_ reserve: ReserveIndex, at price: Price) -> Bool {
        engine.stays(reserve, at: venue.heard(price, of: reserve))
    }

    public mutating func printOfSuspects() -> Fingerprint? { engine.printOfSuspects(venue.factor) }

    public var moved: ContiguousArray<AccountIndex> { engine.moved }
    public mutating func recall(_ moved: ArraySlice<AccountIndex>) { engine.recall(moved) }

    public mutating func cross(
        _ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        let (price, at) = try venue.hear(tick, table, in: file)
        engine.cross(price, of: tick.reserve, at: at, into: &outputs)
        tell(at: at)
    }

    /// What the engine said of a price.
    private mutating func tell(at now: Moment) {
        if !outputs.isEmpty { note(at: now) }
        if tellsClosings { tellClosings(at: now) }
    }

    public mutating func put(
        _ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        // When it was heard takes working out, and matters where prices may be too old alone.
        let (price, at) =
            try engine.mindsPriceAge
            ? venue.hear(tick, table, in: file) : (venue.heard(tick.price, of: tick.reserve), tick.at)
        engine.put(price, of: tick.reserve, at: at)
    }

    public mutating func settle(after ticks: Int) { engine.settle(prices: UInt64(ticks)) }

    public mutating func play(
        _ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        let (price, at) = try venue.hear(tick, table, in: file)
        engine.step(price: price, of: tick.reserve, from: tick.stream, at: at, into: &outputs)
        tell(at: at)
    }
}
