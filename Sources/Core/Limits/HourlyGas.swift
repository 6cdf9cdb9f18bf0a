public import Units

/// Gas money burnt in the last hour, by steps of five minutes: at least the last 55 minutes, at most the last 60.
public struct HourlyGas: Equatable, Sendable {
    private var steps = ContiguousArray<Wei>(repeating: 0, count: 12)
    private var last: Int64 = 0

    public init() {}

    public mutating func add(_ wei: Wei, at moment: Moment) {
        advance(to: moment)
        steps[Self.slot(last)] += wei
    }

    public mutating func isExceeded(_ limit: Wei?, at moment: Moment) -> Bool {
        advance(to: moment)
        return limit.map { burnt > $0 } ?? false
    }

    public var burnt: Wei { steps.reduce(0, +) }

    /// Time does not go back: an earlier moment is counted in the newest step.
    private mutating func advance(to moment: Moment) {
        let step = moment.nanoseconds / Self.stepNanoseconds
        guard step > last else { return }
        for missed in max(last + 1, step - 11)...step { steps[Self.slot(missed)] = 0 }
        last = step
    }

    private static func slot(_ step: Int64) -> Int { Int(((step % 12) + 12) % 12) }
    private static var stepNanoseconds: Int64 { 300_000_000_000 }
}
