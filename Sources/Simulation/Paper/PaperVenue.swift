public import Domain
public import FeedProtocol
public import Margin
public import Opportunities
public import Replay
import Strategy
public import Units
import Winning

/// The paper world behind a replay: the tape goes to the world at once and to the engine after the feed's latency; the engine's
/// intents go to the world after its own and the order's.
///
/// The feed stays in order, as over TCP: a frame is never before the one ahead of it. One thread, for one `ReplayRun`.
public final class PaperVenue: ReplayVenue {
    public let preset: PaperPreset
    let random: PaperRandom
    var world: PaperWorld
    /// What the world tells of a frame.
    private var told: ContiguousArray<PaperWorld.Delivered> = []
    /// On its way to the engine; due moments ascend.
    private var outbox: [Sent] = []
    private var sent = 0
    /// When what the engine hears now happened.
    var happened = Moment.start
    var lastDue = Moment.start
    var frames: UInt64 = 0
    /// Of compiled tapes (`PaperVenue+Stretches`).
    let delays: TapeMemory
    var walk: StretchWalk
    /// What the ticks that were delivered last are of, as they stood then.
    var hearing: PendingTicks?
    var leafDelays = LeafDelays()
    /// Rows of recorded liquidations that wait for their block.
    private var recorded: [RecordedRow] = []
    public private(set) var ledger = PaperLedger()
    public private(set) var windows: PaperWindows?
    /// Bids of ours by account: a bid's delays are drawn for its account and its place among them.
    private var bidsMade: [UInt32: UInt64] = [:]
    private let notes: PaperLog?

    private enum Sent {
        case one(Delivery, happened: Moment)
        case ticks(PendingTicks)
    }

    public init(
        rules: [any MarginRules], preset: PaperPreset, random: PaperRandom, notes: PaperLog? = nil,
        windows: PaperWindows? = nil, memory: TapeMemory = TapeMemory()
    ) {
        self.windows = windows
        delays = memory
        delays.begin(random)
        walk = StretchWalk(memory.worldWalks)
        self.preset = preset
        self.notes = notes
        self.random = random
        world = PaperWorld(rules: rules, preset: preset, random: random)
    }

    public var isCurious: Bool { true }

    /// A delay above this is a clock that was wrong, and counts as this much.
    public static let latencyMax = Interval.seconds(60)

    public func receive(
        _ inputs: ContiguousArray<Input>, from stream: StreamIndex, at now: Moment, heard: Interval,
        _ directory: borrowing FeedDirectory
    ) {
        frames += 1
        if inputs.contains(where: { if case .block = $0 { true } else { false } }) { placeRecorded(by: now, directory) }
        for input in inputs { world.apply(input, from: stream, at: now) }
        let due = max(lastDue, now + latency(heard, frame: frames))
        lastDue = due
        world.swapTold(&told)
        for i in told.indices { send(told[i].input, from: told[i].stream, now, due) }
        told.removeAll(keepingCapacity: true)
        for ending in world.takeEndings() {
            ledger.note(ending, valued: gasValue(ending))
            windows?.note(ending, valued: gasValue(ending))
            notes?.write(ending, directory) { world.cost(of: $0, in: ending.order.market) }
            guard ending.order.party == .ours else { continue }
            send(.outcome(ending.outcome), from: stream, now, due)
        }
    }

    private func send(_ input: Input, from stream: StreamIndex, _ now: Moment, _ due: Moment) {
        outbox.append(.one(Delivery(input, from: stream, at: due), happened: now))
    }

    func send(_ ticks: PendingTicks) { outbox.append(.ticks(ticks)) }

    public func next(by now: Moment) -> Delivery? {
        guard isDue(by: now), case .one(let delivery, let happened) = outbox[sent] else {
            if sent == outbox.count, sent > 0 {
                outbox.removeAll(keepingCapacity: true)
                sent = 0
            } else if sent > Self.compactAt {
                outbox.removeFirst(sent)
                sent = 0
            }
            return nil
        }
        sent += 1
        self.happened = happened
        return delivery
    }

    /// Asked more often than not in vain: so nothing is copied for it.
    private func isDue(by now: Moment) -> Bool {
        guard sent < outbox.count, case .one(let delivery, _) = outbox[sent] else { return false }
        return delivery.at <= now
    }

    /// Ticks that are next.
    var nextPending: PendingTicks? {
        guard sent < outbox.count, case .ticks(let pending) = outbox[sent] else { return nil }
        return pending
    }

    /// What is left of them; nothing is not put back.
    func putBack(_ pending: PendingTicks) {
        if pending.part.isEmpty { sent += 1 } else { outbox[sent] = .ticks(pending) }
    }

    private static let compactAt = 65_536

    public func take(_ intent: Intent, at now: Moment) {
        let count = bidsMade[intent.account.raw, default: 0]
        bidsMade[intent.account.raw] = count + 1
        let luck = UInt64(intent.account.raw) << 20 | count & 0xf_ffff
        let decision = random.draw(preset.decisionLatency, .decision, luck)
        let order = random.draw(preset.orderLatency, .order, luck)
        let arrival = now + Interval(nanoseconds: (decision + order) * 1_000)
        ledger.note(intent, at: now, happened: happened, arrival: arrival)
        notes?.write(sent: intent.ordinal, at: now, arrival: arrival)
        // Refused only past tens of thousands that wait, where the venue would answer the same.
        if !world.submit(PaperOrder(intent, arrival: arrival, luck: luck)) { ledger.countRefused() }
    }

    public func note(_ output: Output, at now: Moment) {
        if case .crossed = output { ledger.countSeen() }
    }

    public func note(_ closing: OpportunityClosing, at now: Moment, _ directory: borrowing FeedDirectory) {
        ledger.note(closing, at: now)
        notes?.write(closing, at: now, directory)
    }

    public func receive(history line: RawSpan, at now: Moment, _ directory: borrowing FeedDirectory) {
        guard preset.usesRecordedWinners, let row = RecordedRow(line, at: now) else { return }
        recorded.append(row)
    }

    /// Recorded liquidations whose time has come are in this block, at the tape's high tip.
    private func placeRecorded(by now: Moment, _ directory: borrowing FeedDirectory) {
        guard let first = recorded.first, first.at <= now else { return }
        for row in recorded where row.at <= now { world.place(row, directory) }
        recorded.removeAll { $0.at <= now }
    }

    /// Of the venue's n-th frame; what was measured goes before what is drawn.
    func latency(_ heard: Interval, frame: UInt64) -> Interval {
        if heard > Interval(nanoseconds: 0) { return min(heard, Self.latencyMax) }
        return Interval(nanoseconds: random.draw(preset.feedLatency, .feed, frame) * 1_000)
    }

    private func gasValue(_ ending: PaperEnding) -> Cash { world.cost(of: ending.gasPaid, in: ending.order.market) }
}

extension PaperWorld {
    /// Gas in a market's cash at the oracle's prices of now; nothing before they are known.
    func cost(of wei: Wei, in index: MarketIndex) -> Cash {
        guard wei > 0, let market = market(index),
            let cost = GasRate(market.definition, market.rules, watch.reserves)?.cost(of: wei),
            cost <= TokenAmount(Int128.max)
        else { return .zero }
        return .cost(cost)
    }
}
