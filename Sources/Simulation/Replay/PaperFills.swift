public import Domain
public import FeedProtocol
public import TapeCache
public import Units

/// Fills every intent in the block after the one it was decided in, at the figures it was decided with: no rivals, no delay.
/// The kindest assumption, the same as that of `bailiff run` on paper; whoever prints a result of it says so.
public final class PaperFills: ReplayVenue {
    private var open: [(intent: Intent, after: BlockNumber)] = []
    private var blocks: [BlockNumber] = []
    /// The frame that is being played, and how far.
    private var inputs: ContiguousArray<Input> = []
    private var position = 0
    private var stream = StreamIndex(0)
    private var at = Moment.start
    /// Endings in the block that was played last.
    private var endings: [IntentOutcome] = []
    private var closed: BlockUpdate?
    private var ticks: TickDelivery?

    public init() {}

    public var passesPrices: Bool { closed == nil && endings.isEmpty && position == inputs.count }

    public func receive(
        _ inputs: ContiguousArray<Input>, from stream: StreamIndex, at now: Moment, heard: Interval,
        _ directory: borrowing FeedDirectory
    ) {
        precondition(position == self.inputs.count, "Condition: a frame is played before the next one comes")
        (self.inputs, position, self.stream, at) = (inputs, 0, stream, now)
    }

    /// A block's fills come after the block: what was decided on it takes part.
    public func next(by now: Moment) -> Delivery? {
        if let block = closed {
            endings = fills(in: block).reversed()
            closed = nil
        }
        if let ending = endings.popLast() { return Delivery(.outcome(ending), from: stream, at: at) }
        guard position < inputs.count else { return nil }
        let input = inputs[position]
        position += 1
        if case .block(let block) = input { closed = block }
        return Delivery(input, from: stream, at: at)
    }

    public func receive(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) {
        precondition(passesPrices && ticks == nil, "Condition: a frame is played before the next one comes")
        ticks = TickDelivery(part, of: stretch)
    }

    public func ticks(by now: Moment, _ table: borrowing StretchTable, in file: RawSpan) -> TickDelivery? {
        defer { ticks = nil }
        return ticks
    }

    /// As it happens.
    public func hear(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) -> (Price, Moment) {
        (tick.price, tick.at)
    }

    public var takesStretches: Bool { true }

    public func take(_ intent: Intent, at now: Moment) {
        open.append((intent, block(of: intent.market)))
    }

    private func fills(in update: BlockUpdate) -> [IntentOutcome] {
        while blocks.count <= update.market.position { blocks.append(BlockNumber(0)) }
        blocks[update.market.position] = update.number
        let due = open.filter { $0.intent.market == update.market && $0.after < update.number }
        guard !due.isEmpty else { return [] }
        open.removeAll { $0.intent.market == update.market && $0.after < update.number }
        return due.map { fill in
            let figures = fill.intent.figures
            return IntentOutcome(
                ordinal: fill.intent.ordinal, ending: .settled, repaid: figures.repay, seized: figures.seize,
                cash: fill.intent.cash, gasPaid: figures.gasWei,
                block: update.number)
        }
    }

    private func block(of market: MarketIndex) -> BlockNumber {
        market.position < blocks.count ? blocks[market.position] : BlockNumber(0)
    }
}
