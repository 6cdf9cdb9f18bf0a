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
    /// Gas of earlier runs, until its market is defined.
    private var remembered: [(market: String, action: GasAction, used: GasUnits)] = []
    /// Something in the configuration does not fit what the feed says: nothing may be done.
    private var hasMisfit = false

    init(
        _ configuration: BotConfiguration, context: ZeroMQContext, desk: Mailbox<DeskMessage>,
        inbox: Mailbox<EngineMessage>, questions: Mailbox<ModelQuestion>?, status: BotStatus
    ) throws(ZeroMQError) {
        var options = FeedSocketOptions(endpoints: configuration.feed.endpoints, topics: configuration.feed.topics)
        options.highWaterMark = configuration.feed.highWaterMark
        socket = try SubscriberSocket(context, options)
        self.configuration = configuration
        self.desk = desk
        self.inbox = inbox
        self.questions = questions
        self.status = status
        watch = FeedWatch(silenceMax: configuration.feed.silenceMax)
        decoder = FeedDecoder(
            rules: VenueRules.names, excludedTags: configuration.excludedTags, uses: configuration.namedUses,
            verifier: Attestors.verifier(configuration.attestors))
        var settings = EngineSettings(rules: VenueRules.all)
        settings.excluded = FeedDecoder.excludedSegments(configuration.excludedTags.count)
        settings.parameters = configuration.strategy
        settings.limits = configuration.limits
        settings.use = configuration.proceeds.otherwise
        settings.transaction = configuration.transactionSize
        settings.winTable = configuration.winning.table
        // On paper every bid wins: there is nothing to learn from that.
        let learns = configuration.mode == .live && configuration.winning.learns
        settings.winTableWeight = learns ? configuration.winning.weight : nil
        if !configuration.model.command.isEmpty {
            settings.model = configuration.model.isBuiltInWithoutAnswer ? .orBuiltIn : .orNothing
        }
        settings.cash = .proceeds(configuration.capital)
        settings.gasMoney = configuration.gasMoney
        engine = Engine(settings)
        inputs.reserveCapacity(8_192)
        outputs.reserveCapacity(1_024)
    }

    /// Runs until the flag is raised.
    mutating func run(until stop: StopFlag) throws(ZeroMQError) {
        while !stop.isRaised, !hasMisfit {
            let ready = try socket.wait(alsoFor: inbox.descriptor, milliseconds: Self.waitMilliseconds)
            if ready.isDescriptorReady { listenToDesk() }
            if ready.hasMessage { try readFrames() }
            try supervise(at: Clock.wall)
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
        let received = Clock.wall
        var decoded: FrameVerdict?
        let isRead: Bool? = try socket.receive { topic, body in
            decoded = decoder.decode(topic: topic, body: body, into: &inputs)
            return true
        }
        guard isRead != nil, let verdict = decoded else { return false }
        guard let stream = verdict.stream else { return true }
        feed(from: stream, at: received)
        for input in watch.heard(stream, at: received, state: decoder.state(of: stream)) {
            engine.step(input, from: stream, at: received, into: &outputs)
        }
        publishOutputs()
        return true
    }

    private mutating func feed(from stream: StreamIndex, at moment: Moment) {
        for input in inputs {
            engine.step(input, from: stream, at: moment, into: &outputs)
            switch input {
            case .block(let block): post(.block(block.number))
            case .market: recallGas()
            case .stream(.whole): checkNames()
            default: break
            }
        }
    }

    /// Tells the engine of earlier runs' gas in the markets that are defined by now.
    private mutating func recallGas() {
        for receipt in remembered {
            guard let market = decoder.directory.market(named: receipt.market) else { continue }
            say(.gasUsed(market, receipt.action, receipt.used))
        }
        remembered.removeAll { decoder.directory.market(named: $0.market) != nil }
    }

    /// An asset that is configured but that its market does not have ends the run, as any wrong key does.
    private mutating func checkNames() {
        guard let misfit = configuration.misfit(decoder.unknownUses()) else { return }
        hasMisfit = true
        status.update { $0.failure = $0.failure ?? misfit }
    }

    /// Something that did not come over the feed.
    mutating func say(_ input: Input) {
        engine.step(input, from: StreamIndex(0), at: Clock.wall, into: &outputs)
    }

    private mutating func listenToDesk() {
        for message in inbox.drain() {
            switch message {
            case .armed:
                engine.step(.armed(true), from: StreamIndex(0), at: Clock.wall, into: &outputs)
                status.update { $0.isArmed = true }
            case .advice(let advice): say(.advice(advice))
            case .past(let outcome): say(.past(outcome))
            case .gasUsed(let market, let action, let used):
                remembered.append((market, action, used))
                recallGas()
            case .restored(let state): say(.restored(state))
            case .outcome(let outcome):
                engine.step(.outcome(outcome), from: StreamIndex(0), at: Clock.wall, into: &outputs)
                let gas = engine.cost(of: outcome.gasPaid, in: MarketIndex(0)) ?? 0
                status.update { $0.gasInCash += .proceeds(gas) }
            }
        }
        publishOutputs()
    }

    private static let waitMilliseconds = 50
    private static let framesPerTurn = 1_024
}
