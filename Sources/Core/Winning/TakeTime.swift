public import Units

/// When to take a Dutch auction: every moment of waiting makes it cheaper and more likely that somebody else has taken it.
///
///     (1 − P(a rival would have taken it by then)) · (profit at that moment)
///
/// A rival takes it as soon as the margin reaches what it asks for, so a rival's patience is a distribution of margins.
public struct TakeTime: Equatable, Sendable {
    public var moment: Moment
    public var profit: Cash
    public var chance: Chance
    public var expectedValue: Cash

    /// What the rivals ask for before they take: basis points of the value, and how many they are.
    public struct Rivals: Equatable, Sendable {
        public var count: UInt32
        public var margin: Quantiles

        public init(count: UInt32, margin: Quantiles) {
            self.count = count
            self.margin = margin
        }
    }

    /// The best of the moments from `first` to `last`, a `step` apart (a block); `nil` when none earns anything.
    ///
    /// - Parameters:
    ///   - value: what the slice fetches.
    ///   - profit: at a moment, costs deducted; it does not fall with time while an auction runs.
    public static func best(
        from first: Moment, through last: Moment, step: Interval, value: TokenAmount, against rivals: Rivals,
        profit: (Moment) -> Cash?
    ) -> TakeTime? {
        precondition(step.nanoseconds > 0, "Condition: time goes on")
        var best: TakeTime?
        var moment = first
        for _ in 0..<stepsMax where moment <= last {
            if let earned = profit(moment), earned > .zero {
                let choice = choice(moment, earned, value, rivals)
                if best.map({ choice.expectedValue > $0.expectedValue }) ?? true { best = choice }
            }
            moment = moment + step
        }
        return best
    }

    /// A day of blocks of 12 seconds, and more.
    public static let stepsMax = 8_192

    private static func choice(_ moment: Moment, _ profit: Cash, _ value: TokenAmount, _ rivals: Rivals) -> TakeTime {
        let margin = value == 0 ? Int64(10_000) : Int64(clamping: UInt128(profit.units) * 10_000 / value)
        let chance = rivals.margin.chance(below: margin).complement.power(rivals.count)
        return TakeTime(
            moment: moment, profit: profit, chance: chance, expectedValue: chance.share(of: profit))
    }
}
