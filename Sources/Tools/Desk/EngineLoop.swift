import BiddingModel
import Configuration
import Console
import Domain
import Engine
import FeedProtocol
import Units
import ZeroMQFeed

/// The engine's thread: frames from the socket, through the decoder, into the engine, and its outputs to the desk.
///
/// Everything in here is created on this thread and stays on it; only mailboxes, the status and the stop flag are shared.
struct EngineLoop: ~Copyable {
    let configuration: BotConfiguration
    let desk: Mailbox<DeskMessage>
    let inbox: Mailbox<EngineMessage>
    /// `nil` without an outside model.
    let questions: Mailbox<ModelQuestion>?
    let status: BotStatus
    var socket: SubscriberSocket
    var decoder: FeedDecoder
    var engine: Engine
    var inputs: ContiguousArray<Input> = []
    var outputs: ContiguousArray<Output> = []
    var watch: FeedWatch
    var lastShown = Moment.start
    /// `nil` where nobody records.
    let tape: TapeQueue?
    var losses = FeedLosses()
    var clock = EngineClock()
    /// Orders that could not be handed over, until the engine is told.
    var abandoned: [IntentOutcome] = []
    /// Gas of earlier runs, until its market is defined.
    private var remembered: [(market: String, action: GasAction, used: GasUnits)] = []
    /// Something in the configuration does not fit what the feed says: nothing may be done.
    private var hasMisfit = false

    init(
        _ configuration: BotConfiguration, context: ZeroMQContext, desk: Mailbox<DeskMessage>,
        inbox: Mailbox<EngineMessage>, questions: Mailbox<ModelQuestion>?, status: BotStatus, tape: TapeQueue? = nil
    ) throws(ZeroMQError) {
        var options = FeedSocketOptions(endpoints: configuration.feed.endpoints, topics: configuration.feed.topics)
        options.highWaterMark = configuration.feed.highWaterMark
        socket = try SubscriberSocket(context, options)
        self.configuration = configuration
        self.desk = desk
        self.inbox = inbox
        self.questions = questions
        self.status = status
        self.tape = tape
        watch = FeedWatch(silenceMax: configuration.feed.silenceMax)
        decoder = FeedDecoder(
            rules: VenueRules.names, excludedTags: configuration.excludedTags, uses: configuration.namedUses,
            verifier: Attestors.verifier(configuration.attestors))
        engine = Engine(configuration.engineSettings)
        inputs.reserveCapacity(8_192)
        outputs.reserveCapacity(1_024)
    }

    /// Runs until the flag is raised.
    mutating func run(until stop: StopFlag) throws(ZeroMQError) {
        while !stop.isRaised, !hasMisfit {
            let ready = try socket.wait(alsoFor: inbox.descriptor, milliseconds: Self.waitMilliseconds)
            if ready.isDescriptorReady { listenToDesk() }
            if ready.hasMessage { try readFrames() }
            try supervise(at: clock.next())
        }
        show()
    }

    /// A bounded batch, so that the desk is heard and silence is noticed even under full load.
    private mutating func readFrames() throws(ZeroMQError) {
        for _ in 0..<Self.framesPerTurn {
            guard try readFrame() else { return }
        }
    }

    private mutating func readFrame() throws(ZeroMQError) -> Bool {
        inputs.removeAll(keepingCapacity: true)
        let received = clock.next()
        var decoded: FrameVerdict?
        let isRead: Bool? = try socket.receive { topic, body in
            let verdict = decoder.decode(topic: topic, body: body, into: &inputs)
            tape?.post(
                topic: topic, body: body, receivedAt: received, publishedAt: verdict.publishedAt,
                sequence: verdict.stream.map { decoder.position(of: $0).sequence } ?? 0)
            decoded = verdict
            return true
        }
        guard isRead != nil, let verdict = decoded else { return false }
        recordGaps(verdict.stream, at: received)
        guard let stream = verdict.stream else { return true }
        feed(from: stream, at: received)
        for input in watch.heard(stream, at: received, state: decoder.state(of: stream)) {
            tell(input, from: stream, at: received)
        }
        publishOutputs(at: received)
        return true
    }

    private mutating func feed(from stream: StreamIndex, at moment: Moment) {
        for input in inputs {
            engine.step(input, from: stream, at: moment, into: &outputs)
            switch input {
            case .block(let block): post(.block(block.number))
            case .market(let definition): recallGas(in: definition.market, at: moment)
            case .stream(.whole): checkNames()
            default: break
            }
        }
    }

    /// Tells the engine of earlier runs' gas in a market, as soon as it is defined.
    private mutating func recallGas(in market: MarketIndex, at moment: Moment) {
        guard !remembered.isEmpty else { return }
        let name = decoder.directory.name(of: market)
        for receipt in remembered where receipt.market == name {
            tell(.gasUsed(market, receipt.action, receipt.used), at: moment)
        }
        remembered.removeAll { $0.market == name }
    }

    /// An asset that is configured but that its market does not have ends the run, as any wrong key does.
    private mutating func checkNames() {
        guard let misfit = configuration.misfit(decoder.unknownUses()) else { return }
        hasMisfit = true
        status.update { $0.failure = $0.failure ?? misfit }
    }

    private mutating func listenToDesk() {
        for message in inbox.drain() {
            let moment = clock.next()
            switch message {
            case .armed:
                tell(.armed(true), at: moment)
                status.update { $0.isArmed = true }
            case .advice(let advice): tell(.advice(advice), at: moment)
            case .past(let outcome): tell(.past(outcome), at: moment)
            case .gasUsed(let market, let action, let used):
                if let known = decoder.directory.market(named: market) {
                    tell(.gasUsed(known, action, used), at: moment)
                } else {
                    remembered.append((market, action, used))
                }
            case .restored(let state): tell(.restored(state), at: moment)
            case .outcome(let outcome):
                tell(.outcome(outcome), at: moment)
                let gas = engine.cost(of: outcome.gasPaid, in: MarketIndex(0)) ?? 0
                status.update { $0.gasInCash += .proceeds(gas) }
            }
            publishOutputs(at: moment)
        }
    }

    private static let waitMilliseconds = 50
    private static let framesPerTurn = 1_024
}
