import Domain
import Engine
import FeedProtocol
package import MCAP
import Margin
import Strategy
import TapeContent
package import Units

/// A tape played to the engine: frames by receive time through the decoder into `Engine.step`, and a log of what was decided.
///
/// No clock, no randomness and no I/O: time is the tape's. Example: `var run = ReplayRun(settings)`, `try run.play(file)`,
/// `run.report`. One thread.
package struct ReplayRun: ~Copyable {
    package private(set) var report = ReplayReport()
    private var decoder: FeedDecoder
    private var engine: Engine
    private var watch: SilenceWatch
    private var fills = PaperFills()
    private var log: DecisionLog
    private var inputs: ContiguousArray<Input> = []
    private var outputs: ContiguousArray<Output> = []

    package init(_ settings: ReplaySettings, log: DecisionLog = DecisionLog()) {
        decoder = FeedDecoder(
            rules: settings.ruleNames, excludedTags: settings.excludedTags, uses: settings.uses,
            verifier: settings.verifier)
        var engineSettings = EngineSettings(rules: settings.rules)
        engineSettings.excluded = FeedDecoder.excludedSegments(settings.excludedTags.count)
        engineSettings.parameters = settings.parameters
        engineSettings.use = settings.use
        engineSettings.transaction = settings.transaction
        engineSettings.winTable = settings.winTable
        engineSettings.cash = settings.cash
        engineSettings.gasMoney = settings.gasMoney
        engine = Engine(engineSettings)
        watch = SilenceWatch(settings.silenceMax)
        self.log = log
        inputs.reserveCapacity(8_192)
        outputs.reserveCapacity(1_024)
        engine.step(.armed(true), from: StreamIndex(0), at: .start, into: &outputs)
    }

    /// Plays the frames of a tape whose receive time lies within the range. `progress` hears now and then how many were played.
    package mutating func play(
        _ file: MCAPFile, within range: ClosedRange<UInt64> = 0...UInt64.max, progress: (UInt64) -> Void = { _ in }
    ) throws {
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var messages = MCAPMessages(file, within: range)
        try messages.forEach { message, data in
            guard let kind = kinds[message.channel] else { return }
            let at = Moment(nanoseconds: Int64(clamping: message.logTime))
            let isFrame = kind.withFrame(data) { topic, body in step(topic: topic, body: body, at: at) }
            if !isFrame { report.others += 1 }
            if report.frames & Self.progressMask == 0 { progress(report.frames) }
        }
        finish()
    }

    private static let progressMask: UInt64 = 4_095

    /// One frame.
    package mutating func step(topic: RawSpan, body: RawSpan, at now: Moment) {
        report.frames += 1
        report.first = report.first ?? now
        report.last = now
        for stream in watch.newlySilent(at: now) {
            engine.step(.stream(.broken), from: stream, at: now, into: &outputs)
        }
        inputs.removeAll(keepingCapacity: true)
        let verdict = decoder.decode(topic: topic, body: body, into: &inputs)
        guard let stream = verdict.stream else { return }
        for input in inputs {
            engine.step(input, from: stream, at: now, into: &outputs)
            if case .block(let block) = input { settle(in: block, from: stream, at: now) }
        }
        if watch.hear(stream, at: now), decoder.state(of: stream) == .whole {
            engine.step(.stream(.whole), from: stream, at: now, into: &outputs)
        }
        note(at: now)
    }

    /// What the engine decided goes into the log before the fills of the same block do.
    private mutating func settle(in block: BlockUpdate, from stream: StreamIndex, at now: Moment) {
        note(at: now)
        for outcome in fills.fills(in: block) {
            report.settled += 1
            log.write(OutcomeEntry(at: now, outcome))
            engine.step(.outcome(outcome), from: stream, at: now, into: &outputs)
        }
    }

    private mutating func note(at now: Moment) {
        for output in outputs {
            switch output {
            case .submit(let intent):
                fills.take(intent)
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

    private func name(_ account: AccountIndex) -> String { decoder.directory.name(of: account) }
    private func marketName(_ account: AccountIndex) -> String {
        decoder.directory.name(of: decoder.directory.market(of: account))
    }

    /// Assets of the settings that their markets do not have.
    package var unknownUses: [(position: Int, assets: [String])] { decoder.unknownUses() }

    /// Brings the counts up to date.
    package mutating func finish() {
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
