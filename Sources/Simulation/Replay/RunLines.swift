import Domain
import TapeContent
import Units

/// Entries of a run's own tape as they are read back: JSON by the names in it. What is missing, or no such word, is `nil`.
struct OutcomeLine: Decodable {
    var at_ns: Int64
    var ordinal: UInt64
    var ending, repaid, seized, cash, gas_paid: String
    var block: UInt64
    var gas_used: UInt64?

    var outcome: IntentOutcome? {
        guard let ending = IntentOutcome.Ending.allCases.first(where: { "\($0)" == ending }),
            let repaid = UInt128(repaid), let seized = UInt128(seized), let cash = Int128(cash),
            let paid = UInt128(gas_paid)
        else { return nil }
        return IntentOutcome(
            ordinal: ordinal, ending: ending, repaid: repaid, seized: seized, cash: Cash(units: cash), gasPaid: paid,
            block: BlockNumber(block), gasUsed: gas_used.map { GasUnits($0) })
    }
}

struct InputLine: Decodable {
    var kind: String
    var at_ns: Int64
    var is_armed, question, priority_fee, gas: UInt64?
    var command, stream, condition, verdict, repay, market, action, ending, profit, gas_paid, state: String?
    var ended_ns: Int64?

    var told: InputEntry.Told? {
        switch kind {
        case "armed": is_armed.map { .armed($0 == 1) }
        case "command": Self.word(command, OperatorCommand.allCases).map { .command($0) }
        case "stream": Self.streamTold(stream, condition)
        case "advice": adviceTold
        case "gas_used": gasTold
        case "past": pastTold
        case "restored": Self.word(state, TradingState.allCases).map { .restored($0) }
        default: nil
        }
    }

    private static func word<Word>(_ text: String?, _ all: [Word]) -> Word? { all.first { "\($0)" == text } }

    private static func streamTold(_ name: String?, _ condition: String?) -> InputEntry.Told? {
        guard let name, let condition = word(condition, [StreamCondition.broken, .whole]) else { return nil }
        return .stream(name, condition)
    }

    private var adviceTold: InputEntry.Told? {
        guard let question else { return nil }
        switch verdict {
        case "bid":
            let amount = repay.flatMap { UInt128($0) }
            guard (amount == nil) == (repay == nil) else { return nil }
            let fee = priority_fee.map { GasPrice(weiPerGas: $0) }
            return .advice(Advice(id: question, .bid(repay: amount, priorityFee: fee)))
        case "no_bid": return .advice(Advice(id: question, .noBid))
        case "absent": return .advice(Advice(id: question, .absent))
        default: return nil
        }
    }

    private var gasTold: InputEntry.Told? {
        guard let market, let action = Self.word(action, GasAction.allCases), let gas else { return nil }
        return .gasUsed(market: market, action, GasUnits(gas))
    }

    private var pastTold: InputEntry.Told? {
        guard let ending = Self.word(ending, IntentOutcome.Ending.allCases),
            let profit = profit.flatMap({ Int128($0) }),
            let paid = gas_paid.flatMap({ UInt128($0) }), let ended_ns
        else { return nil }
        return .past(
            PastOutcome(
                ending: ending, profit: Cash(units: profit), gasPaid: paid, at: Moment(nanoseconds: ended_ns)))
    }
}

struct ResponseLine: Decodable {
    var at_ns: Int64
    var method: String
    var status: UInt64
    var ordinal: UInt64?
}

struct GapLine: Decodable {
    var cause: String
    var missing: UInt64
}

struct ConfigurationLine: Decodable {
    var at_ns: Int64
    var file, text: String
}
