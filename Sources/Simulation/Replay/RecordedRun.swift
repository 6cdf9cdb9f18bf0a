public import Domain
public import FeedProtocol
import TapeContent
public import Units

/// Tells the engine what it was told in the run whose tape is played, when it was told: frames as they came, and between them
/// outcomes, operators' words, silence and a model's advice from the tape. Nothing is filled in.
///
/// Every moment of a run is one step (`EngineClock`), but for what was told within a frame, at its moment: gas of earlier runs
/// behind the definition of its market, and that a silent stream is whole again behind all of the frame.
public final class RecordedRun: ReplayVenue {
    private let told: [RunRecord.Told]
    private var nextTold = 0
    /// The frame that is being played, and how far.
    private var inputs: ContiguousArray<Input> = []
    private var position = 0
    private var stream = StreamIndex(0)
    private var at = Moment.start
    /// The market whose definition came last, while nothing else has.
    private var defined: MarketIndex?
    private var markets: [String: MarketIndex] = [:]
    private var streams: [String: StreamIndex] = [:]
    /// What was told of somebody whom no frame had named: a tape that does not begin with its run.
    public private(set) var unknown: UInt64 = 0

    public init(_ record: RunRecord) { told = record.told }

    public func receive(
        _ inputs: ContiguousArray<Input>, from stream: StreamIndex, at now: Moment, heard: Interval,
        _ directory: borrowing FeedDirectory
    ) {
        precondition(position == self.inputs.count, "Condition: a frame is played before the next one comes")
        (self.inputs, position, self.stream, at) = (inputs, 0, stream, now)
        for index in markets.count..<max(markets.count, directory.marketCount) {
            markets[directory.name(of: MarketIndex(index))] = MarketIndex(index)
        }
        for index in streams.count..<max(streams.count, directory.streamCount) {
            streams[directory.name(of: StreamIndex(index))] = StreamIndex(index)
        }
    }

    public func next(by now: Moment) -> Delivery? {
        guard position < inputs.count || defined != nil else { return nextTold(by: now) }
        if let market = defined, let gas = gasTold(of: market) { return gas }
        defined = nil
        guard position < inputs.count else { return nextTold(by: now) }
        let input = inputs[position]
        position += 1
        if case .market(let definition) = input { defined = definition.market }
        return Delivery(input, from: stream, at: at)
    }

    public func take(_ intent: Intent, at now: Moment) {}

    /// What was told of a market's gas at the frame's own moment.
    private func gasTold(of market: MarketIndex) -> Delivery? {
        guard nextTold < told.count, told[nextTold].at == at,
            case .input(.gasUsed(let name, let action, let gas)) = told[nextTold].content, markets[name] == market
        else { return nil }
        nextTold += 1
        return Delivery(.gasUsed(market, action, gas), from: StreamIndex(0), at: at)
    }

    private func nextTold(by now: Moment) -> Delivery? {
        while nextTold < told.count {
            let next = told[nextTold]
            guard next.at < now || (next.at == now && (!next.comesWithinFrames || at == now)) else { return nil }
            nextTold += 1
            if let delivery = delivery(of: next) { return delivery }
            unknown += 1
        }
        return nil
    }

    private func delivery(of told: RunRecord.Told) -> Delivery? {
        var stream = StreamIndex(0)
        let input: Input
        switch told.content {
        case .outcome(let outcome): input = .outcome(outcome)
        case .input(.armed(let isArmed)): input = .armed(isArmed)
        case .input(.command(let command)): input = .command(command)
        case .input(.advice(let advice)): input = .advice(advice)
        case .input(.past(let past)): input = .past(past)
        case .input(.restored(let state)): input = .restored(state)
        case .input(.stream(let name, let condition)):
            guard let found = streams[name] else { return nil }
            (stream, input) = (found, .stream(condition))
        case .input(.gasUsed(let name, let action, let gas)):
            guard let market = markets[name] else { return nil }
            input = .gasUsed(market, action, gas)
        }
        return Delivery(input, from: stream, at: told.at)
    }
}

extension RunRecord.Told {
    /// Whether it may have been told at a frame's own moment, behind some or all of what the frame says.
    fileprivate var comesWithinFrames: Bool {
        switch content {
        case .input(.gasUsed), .input(.stream(_, .whole)): true
        default: false
        }
    }
}
