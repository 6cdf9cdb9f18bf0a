public import Units

/// What has been earned and lost since midnight UTC. Losing more than the limit halts.
public struct DailyLoss: Equatable, Sendable {
    private var day: Int64 = .min
    private var result = Cash.zero

    public init() {}

    public mutating func add(_ profit: Cash, at moment: Moment) {
        let day = Self.day(of: moment)
        // An outcome of an earlier day that is told late counts for today: it is against us either way.
        if day > self.day {
            self.day = day
            result = .zero
        }
        result += profit
    }

    public func isExceeded(_ limit: TokenAmount?) -> Bool {
        guard let limit else { return false }
        return result < .cost(limit)
    }

    private static func day(of moment: Moment) -> Int64 {
        let length: Int64 = 86_400_000_000_000
        return moment.nanoseconds / length - (moment.nanoseconds % length < 0 ? 1 : 0)
    }
}
