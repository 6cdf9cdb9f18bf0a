public import Domain
public import Units

/// Something that the engine was told and that came neither over the feed nor as an outcome, at the moment at which it was told:
/// played back beside the frames it makes a replay decide what the run decided.
///
/// Example: `{"kind":"armed","at_ns":5,"is_armed":1}`.
public struct InputEntry: TapeEntry, Equatable, Sendable {
    public enum Told: Equatable, Sendable {
        case armed(Bool)
        case command(OperatorCommand)
        /// A stream that fell silent, or that is trusted again, by its topic.
        case stream(String, StreamCondition)
        case advice(Advice)
        case gasUsed(market: String, GasAction, GasUnits)
        case past(PastOutcome)
        case restored(TradingState)
    }

    public static let kind = TapeKind.inputs
    public var at: Moment
    public var told: Told

    public init(at: Moment, _ told: Told) {
        self.at = at
        self.told = told
    }

    public func write(to line: inout JSONLine) {
        line.field("kind", word)
        line.field("at_ns", at)
        switch told {
        case .armed(let isArmed): line.field("is_armed", isArmed ? 1 : 0)
        case .command(let command): line.field("command", "\(command)")
        case .stream(let name, let condition):
            line.field("stream", name)
            line.field("condition", "\(condition)")
        case .advice(let advice): write(advice, to: &line)
        case .gasUsed(let market, let action, let gas):
            line.field("market", market)
            line.field("action", "\(action)")
            line.field("gas", gas.count)
        case .past(let past):
            line.field("ending", "\(past.ending)")
            line.field("profit", cash: past.profit)
            line.field("gas_paid", amount: past.gasPaid)
            line.field("ended_ns", past.at)
        case .restored(let state): line.field("state", "\(state)")
        }
    }

    private func write(_ advice: Advice, to line: inout JSONLine) {
        line.field("question", advice.id)
        switch advice.verdict {
        case .bid(let repay, let fee):
            line.field("verdict", "bid")
            if let repay { line.field("repay", amount: repay) }
            if let fee { line.field("priority_fee", fee.weiPerGas) }
        case .noBid: line.field("verdict", "no_bid")
        case .absent: line.field("verdict", "absent")
        }
    }

    private var word: String {
        switch told {
        case .armed: "armed"
        case .command: "command"
        case .stream: "stream"
        case .advice: "advice"
        case .gasUsed: "gas_used"
        case .past: "past"
        case .restored: "restored"
        }
    }
}
