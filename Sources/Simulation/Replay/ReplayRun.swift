public import Domain
import Engine
import FeedProtocol
public import MCAP
import Margin
import Opportunities
import Strategy
import TapeContent
public import Units

/// A tape played to the engine: frames by receive time through the decoder into `Engine.step`, and a log of what was decided.
///
/// No clock, no randomness and no I/O: time is the tape's. Example: `var run = ReplayRun(settings)`, `try run.play(file)`,
/// `run.report`. One thread.
public struct ReplayRun: ~Copyable {
    public internal(set) var report = ReplayReport()
    var decoder: FeedDecoder
    var engine: Engine
    var watch: SilenceWatch
    let venue: any ReplayVenue
    private var log: DecisionLog
    var inputs: ContiguousArray<Input> = []
    var outputs: ContiguousArray<Output> = []
    var walk: StretchWalk
    let skipsQuiet: Bool
    let tellsClosings: Bool

    /// - Parameter venue: used by this run alone.
    public init(
        _ settings: ReplaySettings, venue: any ReplayVenue = PaperFills(), log: DecisionLog = DecisionLog()
    ) {
        walk = StretchWalk(venue.walks)
        self.venue = venue
        decoder = FeedDecoder(
            rules: settings.ruleNames, excludedTags: settings.excludedTags, uses: settings.uses,
            verifier: settings.verifier)
        var engineSettings = EngineSettings(rules: settings.rules)
        engineSettings.excluded = FeedDecoder.excludedSegments(settings.excludedTags.count)
        engineSettings.parameters = settings.parameters
        engineSettings.limits = settings.limits
        engineSettings.use = settings.use
        engineSettings.transaction = settings.transaction
        engineSettings.winTable = settings.winTable
        engineSettings.cash = settings.cash
        engineSettings.gasMoney = settings.gasMoney
        engineSettings.weighsOpportunities = settings.weighsOpportunities
        engine = Engine(engineSettings)
        watch = SilenceWatch(settings.silenceMax)
        skipsQuiet = settings.skipsQuiet
        self.log = log
        inputs.reserveCapacity(8_192)
        outputs.reserveCapacity(1_024)
        tellsClosings = venue.isCurious && settings.weighsOpportunities
        if tellsClosings { engine.keepClosings() }
        engine.step(.armed(true), from: StreamIndex(0), at: .start, into: &outputs)
    }

    /// Plays the frames of a tape whose receive time lies within the range. `progress` hears now and then how many were played.
    public mutating func play(
        _ file: MCAPFile, within range: ClosedRange<UInt64> = 0...UInt64.max, progress: (UInt64) -> Void = { _ in }
    ) throws {
        try play(file, within: range, isFinal: true, progress: progress)
    }

    private mutating func play(
        _ file: MCAPFile, within range: ClosedRange<UInt64>, isFinal: Bool, progress: (UInt64) -> Void = { _ in }
    ) throws {
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var messages = MCAPMessages(file, within: range)
        try messages.forEach { message, data in
            guard let kind = kinds[message.channel] else { return }
            let at = Moment(nanoseconds: Int64(clamping: message.logTime))
            let isFrame = kind.withFrame(data) { topic, body in step(topic: topic, body: body, at: at) }
            if !isFrame { skip(history: kind == .entry(.history) ? data : RawSpan(), at: at) }
            if report.frames & Self.progressMask == 0 { progress(report.frames) }
        }
        if isFinal { finish() }
    }

    /// Plays the frames received by then, and leaves what is still under way where it is.
    public mutating func play(_ file: MCAPFile, upTo end: UInt64) throws {
        try play(file, within: 0...end, isFinal: false)
        deliver(by: Moment(nanoseconds: Int64(clamping: end)))
    }

    private static let progressMask: UInt64 = 4_095

    /// No frame; a row of a recording may be news to the venue.
    mutating func skip(history row: RawSpan, at now: Moment) {
        report.others += 1
        if venue.isCurious, !row.isEmpty { venue.receive(history: row, at: now, decoder.directory) }
    }

    /// One frame.
    public mutating func step(topic: RawSpan, body: RawSpan, at now: Moment) {
        begin(at: now)
        let verdict = decoder.decode(topic: topic, body: body, into: &inputs)
        guard let stream = verdict.stream else { return }
        end(stream, publishedAt: verdict.publishedAt, at: now)
    }

    /// Before a frame's inputs are there: what is due by now, and who has fallen silent.
    mutating func begin(at now: Moment) {
        report.frames += 1
        report.first = report.first ?? now
        report.last = now
        deliver(by: now)
        for stream in watch.newlySilent(at: now) {
            venue.receive([.stream(.broken)], from: stream, at: now, heard: Interval(nanoseconds: 0), decoder.directory)
            deliver(by: now)
        }
        inputs.removeAll(keepingCapacity: true)
    }

    /// A frame that is one price, decoded before. `nil` while something else is due; `false` where it is not the stream's next.
    mutating func pass(price: Price, of reserve: ReserveIndex, from stream: StreamIndex, at now: Moment) -> Bool? {
        guard !watch.isWatching, venue.passesPrices else { return nil }
        guard decoder.pass(stream) else { return false }
        report.frames += 1
        report.first = report.first ?? now
        report.last = now
        engine.step(price: price, of: reserve, from: stream, at: now, into: &outputs)
        if !outputs.isEmpty {
            note(at: now)
            if tellsClosings { tellClosings(at: now) }
        }
        return true
    }

    /// The next frame of a stream, decoded before.
    mutating func pass(_ stream: StreamIndex) -> Bool { decoder.pass(stream) }

    /// A frame's inputs are there.
    mutating func end(_ stream: StreamIndex, publishedAt: Moment, at now: Moment) {
        if watch.hear(stream, at: now), decoder.state(of: stream) == .whole { inputs.append(.stream(.whole)) }
        venue.receive(inputs, from: stream, at: now, heard: now - publishedAt, decoder.directory)
        deliver(by: now)
    }

    /// Gives the engine what is due. What it decided goes into the log, and to the venue, before what comes next does.
    mutating func deliver(by now: Moment) {
        while let delivery = venue.next(by: now) {
            if case .outcome(let outcome) = delivery.input {
                report.settled += outcome.ending == .settled ? 1 : 0
                log.write(OutcomeEntry(at: delivery.at, outcome))
            }
            engine.step(delivery.input, from: delivery.stream, at: delivery.at, into: &outputs)
            if !outputs.isEmpty { note(at: delivery.at) }
            if tellsClosings { tellClosings(at: delivery.at) }
        }
    }

    mutating func tellClosings(at now: Moment) {
        for closing in engine.takeClosings() { venue.note(closing, at: now, decoder.directory) }
    }

    mutating func note(at now: Moment) {
        for i in outputs.indices {
            venue.note(outputs[i], at: now)
            switch outputs[i] {
            case .submit(let intent):
                venue.take(intent, at: now)
                log.write(
                    DecisionEntry(
                        at: now, market: marketName(intent.account), account: name(intent.account),
                        .submit(
                            intent, collateral: decoder.directory.name(of: intent.collateral),
                            debt: decoder.directory.name(of: intent.debt))))
            case .crossed(let account, _):
                log.write(DecisionEntry(at: now, market: marketName(account), account: name(account), .crossed))
            case .recovered(let account):
                log.write(DecisionEntry(at: now, market: marketName(account), account: name(account), .recovered))
            case .refused(let account, let reason):
                report.refused += 1
                log.write(
                    RefusalEntry(at: now, market: marketName(account), account: name(account), reason: reason))
            // No model is asked in a replay, and a change of state shows in the refusals that follow from it.
            case .ignored, .ask, .trading: break
            }
        }
        outputs.removeAll(keepingCapacity: true)
    }

    /// What the feed calls an account.
    public func name(_ account: AccountIndex) -> String { decoder.directory.name(of: account) }
    public func name(_ reserve: ReserveIndex) -> String { decoder.directory.name(of: reserve) }
    public func marketName(_ account: AccountIndex) -> String {
        decoder.directory.name(of: decoder.directory.market(of: account))
    }

    /// Assets of the settings that their markets do not have.
    public var unknownUses: [(position: Int, assets: [String])] { decoder.unknownUses() }

    /// Delivers what is still under way, and brings the counts up to date.
    public mutating func finish() {
        deliver(by: Moment(nanoseconds: .max))
        report.opportunities = engine.opportunities.summary
        report.refusals = engine.counters.refusals
        report.openIntents = engine.openIntents
        report.inputs = engine.counters.inputs
        report.crossed = engine.counters.crossings
        report.intents = engine.counters.intents
        report.faulty = decoder.counters.faulty
        report.recordFaults = decoder.counters.recordFaults.total
        report.missing = decoder.counters.missing
        report.accounts = decoder.directory.accountCount
        report.decisions = log.count
        report.hash = log.hash
    }
}
