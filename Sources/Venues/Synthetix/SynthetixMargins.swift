import Domain
import Margin
import Units

/// A market's ratios (`PerpsMarketConfiguration`), 18 decimals.
struct SynthetixMargins {
    let minimumInitial: UInt256
    let impact: UInt256
    let scalar: UInt256
    let skewScale: UInt256
    let minimum: UInt256
    let flagReward: UInt256
    let window: UInt256

    /// `nil` while one of them was never sent.
    init?(_ market: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let minimumInitial = reserves.unsigned(.minimumInitialMargin, of: market),
            let impact = reserves.unsigned(.impactMargin, of: market),
            let scalar = reserves.unsigned(.maintenanceScalar, of: market),
            let skewScale = reserves.unsigned(.skewScale, of: market),
            let minimum = reserves.unsigned(.minimumPositionMargin, of: market),
            let flagReward = reserves.unsigned(.flagReward, of: market),
            let window = reserves.unsigned(.liquidationWindowMaximum, of: market)
        else { return nil }
        (self.minimumInitial, self.impact, self.scalar) = (minimumInitial, impact, scalar)
        (self.skewScale, self.minimum, self.flagReward, self.window) = (skewScale, minimum, flagReward, window)
    }

    /// `calculateRequiredMargins`: a size that is large for its market needs more. Prices do not enter.
    func maintenanceRatio(of size: UInt256) -> UInt256? {
        let share = skewScale.isZero ? .zero : size.multiplied(by: .decimal)?.dividedRoundingDown(by: skewScale)
        return share?.timesDecimal(impact)?.adding(minimumInitial)?.timesDecimal(scalar)
    }

    /// How many windows it takes to liquidate so much; none without a limit.
    func windows(for size: UInt256) -> UInt256 { window.isZero ? .zero : size.dividedRoundingUp(by: window) }
}

/// What keepers are paid (`GlobalPerpsMarketConfiguration.keeperReward`), 18 decimals.
struct KeeperTerms {
    let minimum: UInt256
    let maximum: UInt256
    let profit: UInt256
    let scaling: UInt256
    let flagCost: UInt256
    let liquidateCost: UInt256
    /// The reward as a share of all collateral.
    let collateralShare: UInt256

    init?(_ cash: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let minimum = reserves.unsigned(.keeperRewardMinimum, of: cash),
            let maximum = reserves.unsigned(.keeperRewardMaximum, of: cash),
            let profit = reserves.unsigned(.keeperProfitMinimum, of: cash),
            let scaling = reserves.unsigned(.keeperScaling, of: cash),
            let flagCost = reserves.unsigned(.flagCost, of: cash),
            let liquidateCost = reserves.unsigned(.liquidateCost, of: cash),
            let collateralShare = reserves.unsigned(.collateralReward, of: cash)
        else { return nil }
        (self.minimum, self.maximum, self.profit, self.scaling) = (minimum, maximum, profit, scaling)
        (self.flagCost, self.liquidateCost, self.collateralShare) = (flagCost, liquidateCost, collateralShare)
    }

    /// The least may exceed the most: then the most holds.
    func reward(_ reward: UInt256, cost: UInt256, margin: UInt256) -> UInt256? {
        guard let aboveCost = cost.adding(minimum), let markup = profit.adding(.decimal),
            let withProfit = cost.timesDecimal(markup), let wanted = reward.adding(cost),
            let scaled = margin.timesDecimal(scaling)
        else { return nil }
        let most = margin.isZero ? maximum : min(scaled, maximum)
        return min(max(max(aboveCost, withProfit), wanted), most)
    }

    /// For flagging and the first window, and again for each window more.
    func possibleReward(_ account: SynthetixAccount) -> UInt256? {
        guard let byCollateral = account.collateral.timesDecimal(collateralShare),
            let cost = flagCost.adding(liquidateCost),
            let first = reward(
                max(account.flagRewards, byCollateral), cost: cost, margin: account.collateral),
            let further = reward(.zero, cost: liquidateCost, margin: .zero)
        else { return nil }
        guard let more = account.windows.subtracting(1) else { return first }
        return further.multiplied(by: more)?.adding(first)
    }
}

extension ReserveTable {
    /// A parameter that cannot be negative; `nil` when it is, or was never sent.
    func unsigned(_ parameter: MarginParameter, of instrument: ReserveIndex) -> UInt256? {
        self.parameter(parameter, of: instrument).flatMap { UInt128(exactly: $0) }.map { UInt256($0) }
    }
}

extension UInt256 {
    static let decimal = UInt256(Wad.one.value)

    /// `mulDecimal`: toward zero.
    func timesDecimal(_ other: UInt256) -> UInt256? { multiplied(by: other)?.dividedRoundingDown(by: .decimal) }
}

extension Int256 {
    /// `mulDecimal`: toward zero.
    func timesDecimal(_ other: Int256) -> Int256? {
        multiplied(by: other)?.dividedTowardZero(by: Int256(Wad.one.value))
    }
}
