public import Domain
import Margin
public import Mechanisms
public import Units

/// A trove that can be liquidated offers its gas compensation: a share of the collateral, and in version 1 a reserve of 200
/// coins, in version 2 one of 0.0375 of the gas asset. No capital is needed: the stability pool pays, or the other troves.
///
/// What the pool holds is the market's cash asset's totals: assets. Version 2's gas reserve is in the wrapped native asset; it is
/// counted in the collateral, which is right in the branch of that asset and a little low in those of staked ones.
extension LiquityRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves),
            health.isLiquidatable, let legs = Trove(factors, amounts),
            let price = reserves.price(of: legs.instrument),
            let cash = reserves.row(legs.instrument).flatMap({ reserves.conditions(of: $0.market)?.cash }),
            let pool = reserves.state(of: cash)?.totals?.assets
        else { return }
        let system = reserves.state(of: legs.instrument)?.totals.flatMap {
            Self.ratio(UInt256($0.assets), UInt256($0.shares), UInt256(price.baseUnits))
        }
        let trove = LiquityTrove(
            collateral: legs.collateral, debt: legs.debt, price: price, pool: pool, systemRatio: system ?? .max)
        guard let done = outcome(of: trove, legs.instrument, reserves), let coins = done.gasCompensation.asUInt128
        else { return }
        let reserve = version == .v1 ? Reward(cash, Self.coinReserve) : Reward(legs.instrument, Self.gasReserve)
        visitor.visit(
            KeeperWork(
                .stabilityPool, pays: cash, receives: legs.instrument,
                rewards: Rewards(Reward(legs.instrument, coins), reserve), at: moment))
    }

    private func outcome(
        of trove: LiquityTrove, _ instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> LiquityAmounts? {
        if version == .v1 { return trove.version1 }
        return reserves.parameter(.redistributionPenalty, of: instrument).flatMap { UInt128(exactly: $0) }
            .flatMap { trove.version2(redistributionPenalty: UInt256($0)) }
    }

    /// `LUSD_GAS_COMPENSATION`.
    private static let coinReserve: TokenAmount = 200_000_000_000_000_000_000
    /// `ETH_GAS_COMPENSATION`.
    private static let gasReserve: TokenAmount = 37_500_000_000_000_000
}
