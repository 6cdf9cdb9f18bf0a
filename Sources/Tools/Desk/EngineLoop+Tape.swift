import Domain
import Engine
import FeedProtocol
import TapeContent
import Units
import ZeroMQFeed

/// What goes on the run's own tape, where there is one: all that the engine is told, and all that it says.
extension EngineLoop {
    /// Something that did not come over the feed: on the tape before anything is done with it.
    mutating func tell(_ input: Input, from stream: StreamIndex = StreamIndex(0), at moment: Moment) {
        if let tape, let entry = entry(for: input, stream, moment) { tape.post(entry) }
        engine.step(input, from: stream, at: moment, into: &outputs)
    }

    private func entry(for input: Input, _ stream: StreamIndex, _ moment: Moment) -> TapeBatch.Entry? {
        let told: InputEntry.Told
        switch input {
        case .outcome(let outcome): return .outcome(OutcomeEntry(at: moment, outcome))
        case .armed(let isArmed): told = .armed(isArmed)
        case .command(let command): told = .command(command)
        case .stream(let condition): told = .stream(decoder.directory.name(of: stream), condition)
        case .advice(let advice): told = .advice(advice)
        case .gasUsed(let market, let action, let gas):
            told = .gasUsed(market: decoder.directory.name(of: market), action, gas)
        case .past(let past): told = .past(past)
        case .restored(let state): told = .restored(state)
        default: preconditionFailure("Invariant: what comes over the feed is on the tape as its frame")
        }
        return .input(InputEntry(at: moment, told))
    }

    /// What the engine said at a moment, after the desk has it.
    func record(_ output: Output, at moment: Moment) {
        guard let tape else { return }
        switch output {
        case .submit(let intent):
            let decision = DecisionEntry.Decision.submit(
                intent, collateral: decoder.directory.name(of: intent.collateral),
                debt: decoder.directory.name(of: intent.debt))
            tape.post(.decision(entry(of: intent.account, decision, moment)))
        case .crossed(let account, _): tape.post(.decision(entry(of: account, .crossed, moment)))
        case .recovered(let account): tape.post(.decision(entry(of: account, .recovered, moment)))
        case .refused(let account, let reason):
            tape.post(
                .refusal(
                    RefusalEntry(
                        at: moment, market: marketName(account), account: accountName(account), reason: reason)))
        // What follows from these shows in decisions, refusals and inputs.
        case .ignored, .ask, .trading: break
        }
    }

    private func entry(
        of account: AccountIndex, _ decision: DecisionEntry.Decision, _ moment: Moment
    ) -> DecisionEntry {
        DecisionEntry(at: moment, market: marketName(account), account: accountName(account), decision)
    }

    /// What a frame, or the socket, shows to be missing.
    mutating func recordGaps(_ stream: StreamIndex?, at moment: Moment) {
        guard let tape else { return }
        let now = FeedLosses(
            missing: decoder.counters.missing, faulty: decoder.counters.faulty, malformed: socket.malformed)
        guard now != losses else { return }
        let name = stream.map { decoder.directory.name(of: $0) } ?? ""
        for gap in now.gaps(since: losses, in: name, at: moment) { tape.post(.gap(gap)) }
        losses = now
    }
}

/// What a feed has lost so far.
struct FeedLosses: Equatable {
    var missing: UInt64 = 0
    var faulty: UInt64 = 0
    var malformed: UInt64 = 0

    func gaps(since before: FeedLosses, in stream: String, at moment: Moment) -> [GapEntry] {
        var gaps: [GapEntry] = []
        if missing > before.missing {
            gaps.append(
                GapEntry(at: moment, cause: .sequence, stream: stream, missing: missing - before.missing))
        }
        if faulty > before.faulty { gaps.append(GapEntry(at: moment, cause: .fault, stream: stream, missing: 0)) }
        if malformed > before.malformed {
            gaps.append(
                GapEntry(at: moment, cause: .malformed, stream: "", missing: malformed - before.malformed))
        }
        return gaps
    }
}
