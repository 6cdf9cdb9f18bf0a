import TapeContent

/// How long it took from a decision to the venue's answer, from a run's own tape. By the answer the order had arrived, so this is the
/// most that its way can have taken. An order that was not answered says nothing, and of several answers the first counts.
struct AnsweredOrders {
    private var decided: [UInt64: Int64] = [:]

    /// Microseconds, where this is an order's first answer.
    mutating func latency(_ kind: TapeKind, _ line: OrderLine) -> Int64? {
        if kind == .decisions {
            decided[line.ordinal] = line.at_ns
            return nil
        }
        guard kind == .responses, line.isAnswer, let at = decided.removeValue(forKey: line.ordinal), line.at_ns >= at
        else { return nil }
        return (line.at_ns - at) / 1_000
    }
}
