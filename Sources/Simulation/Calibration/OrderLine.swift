import Foundation
import TapeContent

/// What a run's own tape says of one of its orders: a decision, an answer or an ending. Of other lines it is nothing.
struct OrderLine: Decodable {
    var at_ns: Int64
    var ordinal: UInt64
    /// Of decisions.
    var market, fee_cap, priority_fee: String?
    var deadline: UInt64?
    /// Of answers.
    var method: String?
    var status: UInt64?
    /// Of endings.
    var ending: String?
    var block: UInt64?

    /// `nil` for what is not about an order, and for a line that cannot be read.
    init?(_ kind: TapeKind, _ data: RawSpan) {
        guard kind == .decisions || kind == .responses || kind == .outcomes else { return nil }
        let bytes = data.withUnsafeBytes { Data($0) }
        guard let line = try? JSONDecoder().decode(Self.self, from: bytes) else { return nil }
        self = line
    }

    /// Whether the venue answered the order itself, whatever it said: by then the order had arrived.
    var isAnswer: Bool { method == "POST" && (status ?? 0) > 0 }
}
