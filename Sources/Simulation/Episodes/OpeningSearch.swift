import Domain
import Margin
import MarginEngine
import Units

/// When an account of one collateral and one debt may open, so that it is healthy from then until its event.
///
/// Walks back from the event over the very prices that the episode publishes. The exact rules judge; what they said is reused
/// where both prices are at least as kind, since the health factor of such an account rises with the collateral's price and
/// falls with the debt's.
struct OpeningSearch {
    private var judge: Judge
    private let timeline: PriceTimeline
    private let collateral: ReserveIndex
    private let debt: ReserveIndex
    private let legs: [Leg]
    /// By collateral price, the highest debt price known to be healthy; the other way round for a collateral that moves by the minute.
    private var healthy: [UInt128: UInt128] = [:]
    private let isKeyedByDebt: Bool

    enum Opening: Equatable {
        /// Just after this price moment, or at the very start.
        case after(Int)
        case atStart
        /// It was below the edge at the moment before: it opens with the event.
        case atEvent
    }

    init(_ reserves: [EpisodeReserve], _ timeline: PriceTimeline, _ legs: [Leg]) {
        judge = Judge(reserves)
        self.timeline = timeline
        self.legs = legs
        collateral = legs[0].factor.reserve
        debt = legs[1].factor.reserve
        isKeyedByDebt = PriceTimeline.dollarTokens.contains(reserves[collateral.position].name)
    }

    mutating func opening(before event: Int) -> Opening {
        var index = event - 1
        while index >= 0, isHealthy(at: index) { index -= 1 }
        if index < 0 { return .atStart }
        return index == event - 1 ? .atEvent : .after(index + 1)
    }

    private mutating func isHealthy(at index: Int) -> Bool {
        let collateralPrice = timeline.price(collateral, index)
        let debtPrice = timeline.price(debt, index)
        let key = isKeyedByDebt ? debtPrice.baseUnits : collateralPrice.baseUnits
        let value = isKeyedByDebt ? collateralPrice.baseUnits : debtPrice.baseUnits
        if let known = healthy[key], isKeyedByDebt ? value >= known : value <= known { return true }
        judge.set(collateral, collateralPrice)
        judge.set(debt, debtPrice)
        guard let health = judge.health(of: legs), !health.isLiquidatable else { return false }
        healthy[key] = value
        return true
    }
}
