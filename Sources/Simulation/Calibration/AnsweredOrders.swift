import Foundation
import TapeContent

/// How long it took from a decision to the venue's answer, from a run's own tape. By the answer the order had arrived, so this is the
/// most that its way can have taken. An order that was not answered says nothing, and of several answers the first counts.
struct AnsweredOrders {
    private var decided: [UInt64: Int64] = [:]

    private struct Line: Decodable {
        var at_ns: Int64
        var kind, method: String?
        var ordinal, status: UInt64?
    }

    /// Microseconds, where this is an order's first answer.
    mutating func latency(_ kind: TapeKind, _ data: RawSpan) -> Int64? {
        guard kind == .decisions || kind == .responses else { return nil }
        let bytes = data.withUnsafeBytes { Data($0) }
        guard let line = try? JSONDecoder().decode(Line.self, from: bytes), let ordinal = line.ordinal else {
            return nil
        }
        if kind == .decisions {
            decided[ordinal] = line.at_ns
            return nil
        }
        guard line.method == "POST", let status = line.status, status > 0,
            let at = decided.removeValue(forKey: ordinal), line.at_ns >= at
        else { return nil }
        return (line.at_ns - at) / 1_000
    }
}
