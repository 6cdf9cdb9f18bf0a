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
        var position = part.lowerBound
        while position < part.upperBound {
            let leaf = stretch.leaves(of: position..<position + 1).lowerBound
            let whole = stretch.part(leaf)
            if position == whole.lowerBound, whole.upperBound <= part.upperBound {
                add(leaf, to: &spans, in: file)
                position = whole.upperBound
            } else {
                try add(tick(position, of: stretch, in: file), to: &spans)
                position += 1
            }
        }
    }

    private func add(_ leaf: Int, to spans: inout ContiguousArray<LaneSpan>, in file: RawSpan) {
        precondition((0..<leaves).contains(leaf), "Condition: there is such a leaf")
        var spans = spans.mutableSpan
        var place = leavesAt + leaf * lanes.count * Self.spanBytes
        for lane in spans.indices {
            spans[lane].add(LaneSpan(reading: place, in: file))
            place += Self.spanBytes
        }
    }

    private func add(_ tick: Tick, to spans: inout ContiguousArray<LaneSpan>) throws(CacheFault) {
        let lane = try lane(of: tick.reserve.raw, tick.stream.raw)
        spans[lane].add(tick.price.baseUnits.approximate, at: tick.position)
    }

    /// Which of the lanes a record prices, without what it says.
    public func lane(_ position: Int, of stretch: Stretch, in file: RawSpan) throws(CacheFault) -> Int {
        guard let (reserve, stream) = CacheRecord.priced(stretch.first + position, in: file) else {
            throw CacheFault(.badRecord, found: "no price at \(position)", allowed: "compile it again")
        }
        return try lane(of: reserve.raw, stream.raw)
    }

    private func lane(of reserve: UInt16, _ stream: UInt8) throws(CacheFault) -> Int {
        for lane in lanes.indices where lanes[lane].reserve.raw == reserve && lanes[lane].stream.raw == stream {
            return lane
        }
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

    mutating func add(_ later: Self) {
        guard later.last >= 0 else { return }
        lowest = min(lowest, later.lowest)
        highest = max(highest, later.highest)
        last = later.last
        count += later.count
    }
}
