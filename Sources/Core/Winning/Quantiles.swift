/// What is known of a quantity by its quantiles: every sixteenth of the cases, straight lines in between.
///
/// It takes whatever shape the samples have, needs no fit, and answers in integers. Units are the caller's.
public struct Quantiles: Equatable, Sendable {
    /// Ascending; the first is the least and the last the greatest that ever happens.
    private let knots: InlineArray<17, Int64>

    public static let steps = 16

    /// From knots in order, `steps` + 1 of them.
    public init(knots: [Int64]) {
        precondition(knots.count == Self.steps + 1, "Condition: one knot for every sixteenth, and one more")
        precondition(zip(knots, knots.dropFirst()).allSatisfy { $0 <= $1 }, "Condition: knots ascend")
        self.knots = InlineArray { knots[$0] }
    }

    /// The quantiles of samples, which need not be in order and are not empty.
    public init(samples: [Int64]) {
        precondition(!samples.isEmpty, "Condition: there are samples")
        let sorted = samples.sorted()
        self.knots = InlineArray { sorted[$0 * (sorted.count - 1) / Self.steps] }
    }

    /// Equally likely everywhere between two ends.
    public init(from least: Int64, to greatest: Int64) {
        precondition(least <= greatest, "Condition: the ends are in order")
        self.knots = InlineArray { least + (greatest - least) * Int64($0) / Int64(Self.steps) }
    }

    /// The knots as they are printed and stored.
    public var list: [Int64] { (0...Self.steps).map { knots[$0] } }

    public func knot(_ step: Int) -> Int64 { knots[step] }

    /// The middle of a sixteenth, rounded down.
    public func middle(of step: Int) -> Int64 { knots[step] + (knots[step + 1] - knots[step]) / 2 }

    /// The chance of a value below this one.
    public func chance(below value: Int64) -> Chance {
        guard value > knots[0] else { return .none }
        guard value <= knots[Self.steps] else { return .certain }
        let low = step(of: value)
        let width = UInt64(knots[low + 1] - knots[low])
        // Less than the width, so that the quotient is less than the whole.
        let within = width.dividingFullWidth(UInt64(value - knots[low]).multipliedFullWidth(by: Chance.whole)).quotient
        // Sixteenths by shifts: sixteen wholes do not fit a word.
        return Chance(parts: UInt64(low) << 58 + within >> 4)
    }

    /// The same in doubles: for searching.
    func approximateChance(below value: Int64) -> Double {
        guard value > knots[0] else { return 0 }
        guard value <= knots[Self.steps] else { return 1 }
        let low = step(of: value)
        let within = Double(value - knots[low]) / Double(knots[low + 1] - knots[low])
        return (Double(low) + within) / Double(Self.steps)
    }

    /// The sixteenth in which a value lies: knots[step] < value <= knots[step + 1].
    private func step(of value: Int64) -> Int {
        var (low, high) = (0, Self.steps)
        while high - low > 1 {
            let middle = (low + high) / 2
            if knots[middle] < value { low = middle } else { high = middle }
        }
        return low
    }

    public static func == (a: Quantiles, b: Quantiles) -> Bool { a.list == b.list }
}
