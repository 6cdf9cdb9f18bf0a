import Aave
public import Domain
public import Margin
public import MarginEngine
public import Units

/// Judges accounts of an episode by the venue's exact rules at chosen prices. Not for the run itself: for making and checking episodes.
public struct Judge: Sendable {
    private var table = ReserveTable()
    private let rules = AaveRules(.v2)

    public init(_ reserves: [EpisodeReserve]) {
        for reserve in reserves { table.define(reserve.definition) }
    }

    public mutating func set(_ reserve: ReserveIndex, _ price: Price) { table.set(reserve, price: price) }

    /// `nil` while a price is missing.
    public func health(of legs: [Leg]) -> AccountHealth? {
        let factors = legs.map(\.factor)
        let amounts = legs.map(\.amount)
        return rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: table)
    }
}
