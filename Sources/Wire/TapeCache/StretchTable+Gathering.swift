public import Domain
public import Units

/// A tick of a stretch.
public struct Tick: Equatable, Sendable {
    /// Its record, counted from the stretch's first.
    public var position: Int
    public var reserve: ReserveIndex
    public var stream: StreamIndex
    public var price: Price
    public var at: Moment
    public var publishedAt: Moment
}

extension StretchTable {
    /// What a tick says, of which lane.
    public struct Quote: Equatable, Sendable {
        public var lane: Int
        public var reserve: ReserveIndex
        public var price: Price
    }

    /// - Throws: where the record is no price.
    public func tick(_ position: Int, of stretch: Stretch, in file: RawSpan) throws(CacheFault) -> Tick {
        guard let tick = CacheRecord.tick(stretch.first + position, in: file) else {
            throw CacheFault(
                .badRecord, found: "no price at \(stretch.first + position)", allowed: "compile it again")
        }
        return Tick(
            position: position, reserve: tick.reserve, stream: tick.stream, price: tick.price, at: tick.at,
            publishedAt: tick.publishedAt)
    }

    /// When a tick was received and when published, without what it says.
    public func times(
        _ position: Int, of stretch: Stretch, in file: RawSpan
    ) throws(CacheFault) -> (at: Moment, publishedAt: Moment) {
        guard let times = CacheHeader.times(stretch.first + position, in: file) else {
            throw CacheFault(.badRecord, found: "no record at \(position)", allowed: "compile it again")
        }
        return times
    }

    /// What each lane does in a part of a stretch: whole leaves by what is known of them, the ends record by record.
    public func gather(
        _ part: Range<Int>, of stretch: Stretch, in file: RawSpan, into spans: inout ContiguousArray<LaneSpan>
    ) throws(CacheFault) {
        spans.removeAll(keepingCapacity: true)
        spans.append(contentsOf: repeatElement(LaneSpan(), count: lanes.count))
        if part == 0..<stretch.records {
            return add(row: Self.rows(leaves: leaves, stretches: stretch.number), to: &spans, in: file)
        }
        var position = part.lowerBound
        while position < part.upperBound {
            let leaf = stretch.leaves(of: position..<position + 1).lowerBound
            let whole = stretch.part(leaf)
            guard position == whole.lowerBound, whole.upperBound <= part.upperBound else {
                let end = min(whole.upperBound, part.upperBound)
                try add(position..<end, of: stretch, in: file, to: &spans)
                position = end
                continue
            }
            let last = stretch.part(leaf + Self.branchLeaves - 1)
            if leaf % Self.branchLeaves == 0, last.upperBound <= part.upperBound, !last.isEmpty {
                add(row: leaves + leaf / Self.branchLeaves, to: &spans, in: file)
                position = last.upperBound
            } else {
                add(row: leaf, to: &spans, in: file)
                position = whole.upperBound
            }
        }
    }

    private func add(row: Int, to spans: inout ContiguousArray<LaneSpan>, in file: RawSpan) {
        precondition(
            (0..<Self.rows(leaves: leaves, stretches: count)).contains(row), "Condition: there is such a row")
        var spans = spans.mutableSpan
        var place = leavesAt + row * lanes.count * Self.spanBytes
        for lane in spans.indices {
            spans[lane].add(LaneSpan(reading: place, in: file))
            place += Self.spanBytes
        }
    }

    private func add(
        _ part: Range<Int>, of stretch: Stretch, in file: RawSpan, to spans: inout ContiguousArray<LaneSpan>
    ) throws(CacheFault) {
        var spans = spans.mutableSpan
        for position in part {
            let quote = try quote(position, of: stretch, in: file)
            spans[quote.lane].add(quote.price.baseUnits.approximate, at: position)
        }
    }

    /// Lanes and prices of a part, without times.
    public func read(
        _ part: Range<Int>, of stretch: Stretch, in file: RawSpan, into quotes: inout ContiguousArray<Quote>
    ) throws(CacheFault) {
        quotes.removeAll(keepingCapacity: true)
        for position in part { quotes.append(try quote(position, of: stretch, in: file)) }
    }

    @inline(__always)
    private func quote(_ position: Int, of stretch: Stretch, in file: RawSpan) throws(CacheFault) -> Quote {
        guard let (reserve, stream, price) = CacheRecord.quote(stretch.first + position, in: file) else {
            throw CacheFault(.badRecord, found: "no price at \(position)", allowed: "compile it again")
        }
        let known = reserve.position < laneOfReserve.count ? Int(laneOfReserve[reserve.position]) - 1 : -1
        if known >= 0, lanes[known].stream.raw == stream.raw {
            return Quote(lane: known, reserve: reserve, price: price)
        }
        return Quote(lane: try lane(of: reserve, stream), reserve: reserve, price: price)
    }

    /// Of an instrument that several streams price.
    private func lane(of reserve: ReserveIndex, _ stream: StreamIndex) throws(CacheFault) -> Int {
        for lane in lanes.indices
        where lanes[lane].reserve.raw == reserve.raw && lanes[lane].stream.raw == stream.raw { return lane }
        throw CacheFault(.badRecord, found: "a price of no lane", allowed: "compile it again")
    }
}

extension StretchTable.LaneSpan {
    init(reading place: Int, in file: RawSpan) {
        lowest = Double(bitPattern: file.little(place))
        highest = Double(bitPattern: file.little(place + 8))
        last = Int(file.little(place + 16, as: UInt32.self)) - 1
        count = Int(file.little(place + 20, as: UInt32.self))
    }

    public mutating func add(_ value: Double, at position: Int) {
        lowest = min(lowest, value)
        highest = max(highest, value)
        last = position
        count += 1
    }

    /// Both parts as one.
    public func followed(by later: Self) -> Self {
        var both = self
        both.add(later)
        return both
    }

    @inline(__always)
    mutating func add(_ later: Self) {
        guard later.last >= 0 else { return }
        lowest = min(lowest, later.lowest)
        highest = max(highest, later.highest)
        last = later.last
        count += later.count
    }
}
