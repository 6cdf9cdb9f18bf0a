package import Domain
package import Units

/// When each instrument's price was last told. A price that is too old is not acted on: it is no price.
package struct PriceAge: Sendable {
    private var told: ContiguousArray<Moment> = []

    package init() {}

    package mutating func tell(_ reserve: ReserveIndex, at moment: Moment) {
        while told.count <= reserve.position { told.append(.start) }
        told[reserve.position] = moment
    }

    /// When; `nil` where it never was.
    package func told(_ reserve: ReserveIndex) -> Moment? {
        reserve.position < told.count && told[reserve.position] > .start ? told[reserve.position] : nil
    }

    package func refusal(_ reserve: ReserveIndex, at moment: Moment, _ limit: Interval?) -> Refusal? {
        guard let limit else { return nil }
        guard reserve.position < told.count, moment - told[reserve.position] <= limit else { return .priceStale }
        return nil
    }
}
