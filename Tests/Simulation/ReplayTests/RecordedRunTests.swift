import Aave
import Domain
import Engine
import Episodes
import FeedProtocol
import MCAP
import MarginEngine
import TapeContent
import TapeImport
import Testing
import Units

@testable import Replay

/// Runs whose tape holds all that the engine was told, gone through again.
@Suite struct RecordedRunTests {
    private static let options = GeneratedEpisode.Options(seed: 1, accounts: 150, safeAccounts: 10, hours: 3)

    private static func eachFrame(_ use: ([UInt8], [UInt8], Moment, UInt64) -> Void) throws {
        var frames = EpisodeFrames(GeneratedEpisode.make(options))
        try frames.write { topic, body, at, sequence in use(topic, body, at, sequence) }
    }

    private static var settings: ReplaySettings {
        var settings = ReplaySettings(ruleNames: AaveRules.names, rules: AaveRules.all)
        settings.gasMoney = 1_000_000_000_000_000_000_000
        return settings
    }

    private static var engine: EngineSettings {
        var made = EngineSettings(rules: AaveRules.all)
        made.excluded = FeedDecoder.excludedSegments(0)
        made.gasMoney = settings.gasMoney
        return made
    }

    /// The wiring of a run in small: every frame and what else comes in goes to a tape and to an engine, and what the engine says
    /// to the tape. Bids end late and in all ways; operators halt and resume; the market's stream falls silent; gas of earlier
    /// runs is told within the frame that defines the market.
    private struct Run: ~Copyable {
        var tape = TapeWriter(RunManifest())
        var decoder = FeedDecoder(rules: AaveRules.names)
        var engine = Engine(RecordedRunTests.engine)
        var inputs: ContiguousArray<Input> = []
        var outputs: ContiguousArray<Output> = []
        var open: [(intent: Intent, until: Int)] = []
        var frames = 0
        var silent: StreamIndex?
        var haltedAt: Int?

        mutating func take(_ topic: [UInt8], _ body: [UInt8], _ at: Moment, _ sequence: UInt64) {
            frames += 1
            inputs.removeAll()
            let verdict = decoder.decode(topic: topic.span.bytes, body: body.span.bytes, into: &inputs)
            tape.write(
                topic: topic.span.bytes, body: body.span.bytes, receivedAt: at, publishedAt: at, sequence: sequence)
            guard let stream = verdict.stream else { return }
            for input in inputs {
                engine.step(input, from: stream, at: at, into: &outputs)
                if case .market(let definition) = input, frames < 3 {
                    for _ in 0..<64 { tell(.gasUsed(definition.market, .liquidation, GasUnits(333_333)), at) }
                }
            }
            if silent == stream, decoder.state(of: stream) == .whole {
                tell(.stream(.whole), at, from: stream)
                silent = nil
            }
            publish(at)
            between(at, stream)
        }

        /// What happens between this frame and the next one.
        private mutating func between(_ at: Moment, _ stream: StreamIndex) {
            var now = at + Interval(nanoseconds: 1)
            if frames == 5 { tell(.armed(true), now) }
            if haltedAt == nil, engine.counters.intents > 5 {
                haltedAt = frames
                tell(.command(.halt), now)
            } else if frames == (haltedAt ?? frames) + 40 {
                tell(.command(.resume), now)
            }
            if frames == 90 {
                now = now + Interval(nanoseconds: 1)
                tell(.stream(.broken), now, from: stream)
                silent = stream
            }
            for bid in open where bid.until <= frames {
                now = now + Interval(nanoseconds: 1)
                tell(.outcome(Self.outcome(of: bid.intent)), now)
                publish(now)
            }
            open.removeAll { $0.until <= frames }
            publish(now)
        }

        private static func outcome(of intent: Intent) -> IntentOutcome {
            let ending = IntentOutcome.Ending.allCases[Int(intent.ordinal) % 5]
            let isSettled = ending == .settled
            return IntentOutcome(
                ordinal: intent.ordinal, ending: ending, repaid: isSettled ? intent.figures.repay : 0,
                seized: isSettled ? intent.figures.seize : 0, cash: isSettled ? intent.cash : .zero,
                gasPaid: intent.figures.gasWei, block: intent.deadline, gasUsed: GasUnits(250_000 + intent.ordinal))
        }

        private mutating func tell(_ input: Input, _ at: Moment, from stream: StreamIndex = StreamIndex(0)) {
            switch input {
            case .outcome(let outcome): tape.write(OutcomeEntry(at: at, outcome))
            case .armed(let isArmed): tape.write(InputEntry(at: at, .armed(isArmed)))
            case .command(let command): tape.write(InputEntry(at: at, .command(command)))
            case .stream(let condition):
                tape.write(InputEntry(at: at, .stream(decoder.directory.name(of: stream), condition)))
            case .gasUsed(let market, let action, let gas):
                tape.write(InputEntry(at: at, .gasUsed(market: decoder.directory.name(of: market), action, gas)))
            default: Issue.record("not told in this run: \(input)")
            }
            engine.step(input, from: stream, at: at, into: &outputs)
        }

        private mutating func publish(_ at: Moment) {
            for output in outputs {
                switch output {
                case .submit(let intent):
                    open.append((intent, frames + 3 + Int(intent.ordinal) % 7))
                    let words = [intent.collateral, intent.debt].map { decoder.directory.name(of: $0) }
                    write(intent.account, .submit(intent, collateral: words[0], debt: words[1]), at)
                case .crossed(let account, _): write(account, .crossed, at)
                case .recovered(let account): write(account, .recovered, at)
                case .refused(let account, let reason):
                    let (market, name) = names(of: account)
                    tape.write(RefusalEntry(at: at, market: market, account: name, reason: reason))
                case .ignored, .ask, .trading: break
                }
            }
            outputs.removeAll()
        }

        private mutating func write(_ account: AccountIndex, _ decision: DecisionEntry.Decision, _ at: Moment) {
            let (market, name) = names(of: account)
            tape.write(DecisionEntry(at: at, market: market, account: name, decision))
        }

        private func names(of account: AccountIndex) -> (String, String) {
            (decoder.directory.name(of: decoder.directory.market(of: account)), decoder.directory.name(of: account))
        }
    }

    private static func recorded() throws -> MCAPFile {
        var run = Run()
        var frames: [([UInt8], [UInt8], Moment, UInt64)] = []
        try eachFrame { frames.append(($0, $1, $2, $3)) }
        // Many frames of an episode have the same time; a run's clock tells them apart.
        var last = Moment.start
        for (topic, body, at, sequence) in frames {
            last = max(at, last + Interval(nanoseconds: 100))
            run.take(topic, body, last, sequence)
        }
        run.tape.container.finish()
        return try MCAPFile(MemorySource(run.tape.container.output))
    }

    private final class Lines { var bytes: [UInt8] = [] }

    private func again(_ file: MCAPFile, _ record: RunRecord) throws -> (report: ReplayReport, log: [UInt8]) {
        let lines = Lines()
        let log = DecisionLog { lines.bytes += $0.withUnsafeBytes { Array($0) } }
        var run = ReplayRun(of: RecordedRun(record), Self.settings, engine: Self.engine, log: log)
        try run.play(file)
        return (run.report, lines.bytes)
    }

    @Test func `a run gone through again decides the same, byte for byte`() throws {
        let file = try Self.recorded()
        #expect(RunRecord.isThere(in: file))
        let record = try RunRecord(reading: file)
        let (report, log) = try again(file, record)
        #expect(log == record.log && report.decisions == record.lines)
        // The run was no idle one: bids ended in all ways, and a halt and a silence show in what was refused.
        let text = String(decoding: log, as: UTF8.self)
        for word in ["settled", "outbid", "reverted", "expired", "rejected"] {
            #expect(text.contains(#""ending":"\#(word)""#), "\(word)")
        }
        #expect(report.intents > 10 && text.contains(#""reason":"halted""#) && text.contains(#""gas_used":250001"#))
    }

    @Test func `without what the run was told it decides otherwise: frames alone do not make it`() throws {
        let file = try Self.recorded()
        let record = try RunRecord(reading: file)
        for kind in ["armed", "gas", "outcome"] {
            var poorer = record
            poorer.told.removeAll { told in
                switch told.content {
                case .outcome: kind == "outcome"
                case .input(.armed): kind == "armed"
                case .input(.gasUsed): kind == "gas"
                default: false
                }
            }
            #expect(poorer.told.count < record.told.count, "\(kind) was told")
            #expect(try again(file, poorer).log != record.log, "without \(kind)")
        }
    }

    static let told: [InputEntry.Told] = [
        .armed(true), .armed(false), .command(.halt), .command(.resume), .stream("p.s", .broken),
        .stream("p.s", .whole),
        .advice(Advice(id: 3, .bid(repay: 4, priorityFee: GasPrice(weiPerGas: 6)))),
        .advice(Advice(id: 4, .bid(repay: nil, priorityFee: nil))), .advice(Advice(id: 3, .noBid)),
        .advice(Advice(id: 3, .absent)), .gasUsed(market: "m", .revert, GasUnits(9)),
        .past(PastOutcome(ending: .outbid, profit: .cost(1), gasPaid: 2, at: Moment(nanoseconds: 3))),
        .restored(.halted),
    ]

    @Test func `every kind of entry is read back as it was written, in its order`() throws {
        var tape = TapeWriter(RunManifest())
        for (number, told) in Self.told.enumerated() {
            tape.write(InputEntry(at: Moment(nanoseconds: Int64(number)), told))
        }
        let end = Moment(nanoseconds: 100)
        tape.write(ConfigurationEntry(at: end, file: "f.toml", text: "mode = \"paper\""))
        tape.write(GapEntry(at: end, cause: .disk, stream: "", missing: 12))
        tape.write(GapEntry(at: end, cause: .sequence, stream: "", missing: 5))
        for (at, method) in [(101, "GET"), (102, "POST"), (103, "POST")] {
            tape.write(
                ResponseEntry(
                    at: Moment(nanoseconds: Int64(at)), intent: "aa", ordinal: 7, method: method, status: 202,
                    meaning: "accepted", took: .milliseconds(1), bodyBytes: 2))
        }
        tape.container.finish()
        let record = try RunRecord(reading: MCAPFile(MemorySource(tape.container.output)))
        #expect(record.told.map(\.content) == Self.told.map { .input($0) })
        #expect(record.told.map(\.at.nanoseconds) == (0..<Int64(Self.told.count)).map { $0 })
        #expect(record.configuration?.file == "f.toml" && record.leftOff == 12)
        #expect(record.answered == [7: Moment(nanoseconds: 102)])
    }

    private struct Odd: TapeEntry {
        static let kind = TapeKind.inputs
        var at = Moment.start

        func write(to line: inout JSONLine) {
            line.field("kind", "whispered")
            line.field("at_ns", at)
        }
    }

    @Test func `an entry that no run writes is refused by its words`() throws {
        var tape = TapeWriter(RunManifest())
        tape.write(Odd())
        tape.container.finish()
        let file = try MCAPFile(MemorySource(tape.container.output))
        #expect { try RunRecord(reading: file) } throws: { error in
            (error as? RunFault)?.code == .badEntry && "\(error)".contains("whispered")
        }
    }
}
