public import Domain
public import Units

/// When each instrument's price was last told. A price that is too old is not acted on: it is no price.
public struct PriceAge: Sendable {
    private var told: ContiguousArray<Moment> = []

    public init() {}

    public mutating func tell(_ reserve: ReserveIndex, at moment: Moment) {
        while told.count <= reserve.position { told.append(.start) }
        told[reserve.position] = moment
    }

    /// When; `nil` where it never was.
    public func told(_ reserve: ReserveIndex) -> Moment? {
        reserve.position < told.count && told[reserve.position] > .start ? told[reserve.position] : nil
    }

    public func refusal(_ reserve: ReserveIndex, at moment: Moment, _ limit: Interval?) -> Refusal? {
        guard let limit else { return nil }
        guard reserve.position < told.count, moment - told[reserve.position] <= limit else { return .priceStale }
        return nil
    }
}
