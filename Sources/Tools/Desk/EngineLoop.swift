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
            rules: VenueRules.names, excludedTags: configuration.excludedTags,
            verifier: Attestors.verifier(configuration.attestors))
        var settings = EngineSettings(rules: VenueRules.all)
        settings.excluded = FeedDecoder.excludedSegments(configuration.excludedTags.count)
        settings.parameters = configuration.strategy
        settings.limits = configuration.limits
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
        while !stop.isRaised {
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
            if case .block(let block) = input { post(.block(block.number)) }
        }
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
