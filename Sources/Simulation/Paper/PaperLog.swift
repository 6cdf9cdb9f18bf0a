import Domain
import Fees
import FeedProtocol
import Opportunities
import TapeContent
import Units

/// What a run of the paper world knows beside its decisions, a JSON object a line: when each bid arrived, how each one ended with
/// its gas and its proceeds, what others took, and how every opportunity ended.
///
/// Its lines and those of the decision log go into one file, as they come: `bailiff parity` reads that. The first line is of kind
/// `run`, the last one of kind `end`: without it the file is not whole. One thread.
public final class PaperLog {
    private var line = JSONLine()
    private let keep: (RawSpan) -> Void

    /// Grows when a field changes its meaning.
    public static let format: UInt64 = 1

    /// Each line is handed over with its newline as it is written.
    public init(keeping keep: @escaping (RawSpan) -> Void) { self.keep = keep }

    func begin(_ preset: PaperPreset, seed: UInt64, tape: String) {
        write("run") { line in
            line.field("format", Self.format)
            line.field("tape_sha256", tape)
            line.field("preset", preset.name.rawValue)
            line.field("seed", seed)
        }
    }

    func end(profit: Cash, cash: String, decimals: UInt8) {
        write("end") { line in
            line.field("profit", cash: profit)
            line.field("cash_token", cash)
            line.field("cash_decimals", UInt64(decimals))
        }
    }

    func write(sent ordinal: UInt64, at now: Moment, arrival: Moment) {
        write("sent") { line in
            line.field("at_ns", now)
            line.field("ordinal", ordinal)
            line.field("arrival_ns", arrival)
        }
    }

    /// Ours whatever became of it; others' where they took something.
    ///
    /// - Parameter value: of gas in cash, below zero, at the prices of then.
    func write(_ ending: PaperEnding, _ directory: borrowing FeedDirectory, value: (Wei) -> Cash) {
        let order = ending.order
        let (market, account) = (directory.name(of: order.market), directory.name(of: order.account))
        let isOurs = order.party == .ours
        guard isOurs || ending.isSettled else { return }
        write(isOurs ? "ended" : "taken") { line in
            line.field("at_ns", ending.at)
            line.field("market", market)
            line.field("account", account)
            line.field("block", ending.block.height)
            line.field("repaid", amount: ending.repaid)
            line.field("seized", amount: ending.seized)
            if isOurs {
                Self.write(ours: ending, valued: value(ending.gasPaid), to: &line)
            } else {
                Self.write(others: ending, value, to: &line)
            }
        }
    }

    /// What anybody could see of it on a chain, and when it was sent.
    private static func write(others ending: PaperEnding, _ value: (Wei) -> Cash, to line: inout JSONLine) {
        line.field("by", word(ending.order))
        line.field("crossed_ns", ending.crossedAt)
        line.field("arrival_ns", ending.order.arrival)
        line.field("cash", cash: ending.cash)
        line.field("base_offered", cash: -value(ending.baseOffered))
        line.field("tip_offered", cash: -value(ending.tipOffered))
    }

    private static func write(ours ending: PaperEnding, valued gas: Cash, to line: inout JSONLine) {
        line.field("ordinal", ending.order.number)
        line.field("ending", ending.kind.rawValue)
        if let failure = ending.failure { line.field("failure", failure.rawValue) }
        line.field("arrival_ns", ending.order.arrival)
        line.field("cash", cash: ending.cash)
        line.field("gas_paid", amount: ending.gasPaid)
        line.field("tip_paid", amount: ending.tipPaid)
        line.field("gas_value", cash: gas)
        line.field("priced_out", UInt64(ending.order.pricedOut))
        line.field("left_out", UInt64(ending.order.leftOut.total))
        line.field("left_out_high", UInt64(ending.order.leftOut.high))
        line.field("left_out_median", UInt64(ending.order.leftOut.median))
        line.field("left_out_low", UInt64(ending.order.leftOut.low))
        if let rank = ending.rank { line.field("included", rank.rawValue) }
    }

    private static func word(_ order: PaperOrder) -> String {
        switch order.party {
        case .ours: "ours"
        case .rival(let number): "rival \(number)"
        case .recorded: "recorded"
        }
    }

    func write(_ closing: OpportunityClosing, at now: Moment, _ directory: borrowing FeedDirectory) {
        let account = directory.name(of: closing.account)
        let market = directory.name(of: directory.market(of: closing.account))
        write("closed") { line in
            line.field("at_ns", now)
            line.field("market", market)
            line.field("account", account)
            line.field("class", "\(closing.kind)")
            line.field("money", cash: closing.money)
            line.field("worth", cash: closing.worth)
            line.field("earned", cash: closing.earned)
            if let reason = closing.refusal { line.field("reason", reason.word) }
        }
    }

    private func write(_ kind: String, _ fields: (inout JSONLine) -> Void) {
        line.begin()
        line.field("kind", kind)
        fields(&line)
        line.endLine()
        let bytes = line.bytes
        keep(bytes.span.bytes)
    }
}
