public import Domain
public import Replay
public import TapeCache
public import Units

/// Ticks of a stretch on their way to the engine.
struct PendingTicks {
    var stretch: StretchTable.Stretch
    /// What is not delivered yet, from this record on.
    var part: Range<Int>
    /// Frames that the venue had received before the first of the part.
    var frames: UInt64
    /// When the tick before the first of the part was due.
    var due: Moment
    /// As the oracle was when they happened.
    var factors: ContiguousArray<UInt64>
}

/// When the ticks of one leaf are due: worked out for the leaf that was asked about last.
struct LeafDelays {
    var first = 0
    var leaf = -1
    /// By tick of the leaf, from `first` on.
    var due: ContiguousArray<Moment> = []
}

extension PaperVenue {
    public var takesStretches: Bool { true }

    public func receive(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        var walk = StretchWalk()
        swap(&walk, &self.walk)
        defer { swap(&walk, &self.walk) }
        try walk.play(part, of: stretch, to: &world, table, in: file)
        let pending = PendingTicks(
            stretch: stretch, part: part, frames: frames, due: lastDue, factors: world.oracleFactors())
        delays.reserve(leaves: table.leaves)
        let whole = TickDelivery(part, of: stretch)
        if let latest = delays.latest(of: whole) {
            lastDue = max(lastDue, latest)
        } else {
            var latest = Moment.start
            for leaf in stretch.leaves(of: part) {
                latest = max(latest, try arrival(of: leaf, pending, table, in: file))
            }
            delays.note(whole, latest: latest)
            lastDue = max(lastDue, latest)
        }
        frames += UInt64(part.count)
        send(pending)
    }

    /// When the last of a leaf's ticks gets there, alone on its way. Of the part's ticks, where it cuts the leaf.
    private func arrival(
        of leaf: Int, _ pending: PendingTicks, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> Moment {
        let whole = pending.stretch.part(leaf)
        let part = whole.clamped(to: pending.part)
        if part == whole, let known = delays[leaf] { return known }
        var latest = Moment.start
        for position in part {
            latest = max(latest, try arrival(ofTick: position, pending, table, in: file))
        }
        if part == whole { delays[leaf] = latest }
        return latest
    }

    private func arrival(
        ofTick position: Int, _ pending: PendingTicks, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> Moment {
        let (at, publishedAt) = try table.times(position, of: pending.stretch, in: file)
        let frame = pending.frames + UInt64(position - pending.part.lowerBound) + 1
        return at + latency(at - publishedAt, frame: frame)
    }

    public func ticks(
        by now: Moment, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> TickDelivery? {
        guard var pending = nextPending else { return nil }
        hearing = pending
        let asked = TickDelivery(pending.part, of: pending.stretch)
        let ready: TapeMemory.ReadyPart
        if let known = delays.ready(asked, by: now) {
            ready = known
        } else {
            ready = try workOut(asked, by: now, pending, table, in: file)
            delays.note(ready)
        }
        let part = pending.part.lowerBound..<ready.end
        pending.frames += UInt64(part.count)
        pending.part = ready.end..<pending.part.upperBound
        pending.due = ready.due
        putBack(pending)
        return part.isEmpty ? nil : TickDelivery(part, of: pending.stretch)
    }

    /// Which ticks of a part are there by then.
    private func workOut(
        _ asked: TickDelivery, by now: Moment, _ pending: PendingTicks, _ table: borrowing StretchTable,
        in file: RawSpan
    ) throws(CacheFault) -> TapeMemory.ReadyPart {
        var ready = TapeMemory.ReadyPart(asked: asked, by: now, end: pending.part.lowerBound, due: pending.due)
        for leaf in pending.stretch.leaves(of: pending.part) {
            let part = pending.stretch.part(leaf).clamped(to: pending.part)
            let latest = max(ready.due, try arrival(of: leaf, pending, table, in: file))
            if latest <= now {
                (ready.end, ready.due) = (part.upperBound, latest)
                continue
            }
            try workOut(leaf, from: ready.due, pending, table, in: file)
            ready.end = part.lowerBound + (leafDelays.due.firstIndex { $0 > now } ?? part.count)
            if ready.end > part.lowerBound { ready.due = leafDelays.due[ready.end - part.lowerBound - 1] }
            break
        }
        return ready
    }

    /// Works out when each of a leaf's ticks is due.
    private func workOut(
        _ leaf: Int, from before: Moment, _ pending: PendingTicks, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) {
        let part = pending.stretch.part(leaf).clamped(to: pending.part)
        leafDelays.due.removeAll(keepingCapacity: true)
        (leafDelays.leaf, leafDelays.first) = (leaf, part.lowerBound)
        var due = before
        for position in part {
            due = max(due, try arrival(ofTick: position, pending, table, in: file))
            leafDelays.due.append(due)
        }
    }

    public func hear(
        _ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> (Price, Moment) {
        guard let hearing else { preconditionFailure("Condition: ticks were delivered") }
        happened = tick.at
        let record = hearing.stretch.first + tick.position
        if let due = delays.due(record) { return (heard(tick.price, of: tick.reserve), due) }
        let leaf = hearing.stretch.leaves(of: tick.position..<tick.position + 1).lowerBound
        if leafDelays.leaf != leaf || leafDelays.first > tick.position {
            var due = hearing.due
            let first = hearing.stretch.leaves(of: hearing.part).lowerBound
            for earlier in first..<leaf { due = max(due, try arrival(of: earlier, hearing, table, in: file)) }
            try workOut(leaf, from: due, hearing, table, in: file)
        }
        let due = leafDelays.due[tick.position - leafDelays.first]
        delays.note(record, due: due)
        return (heard(tick.price, of: tick.reserve), due)
    }

    public func heard(_ price: Price, of reserve: ReserveIndex) -> Price {
        guard let factors = hearing?.factors, reserve.position < factors.count else { return price }
        return PaperImpact.published(price, by: factors[reserve.position])
    }

    public func factor(of reserve: ReserveIndex) -> UInt64 {
        guard let factors = hearing?.factors, reserve.position < factors.count else { return PaperImpact.whole }
        return factors[reserve.position]
    }

    public var walks: WalkMemory? { delays.engineWalks }

    public func hear(_ ranges: inout ContiguousArray<PriceRange>) {
        if let factors = hearing?.factors { PaperImpact.publish(&ranges, by: factors) }
    }
}
