public import Domain
import Margin
public import Mechanisms
public import Units

/// `absorb`: the protocol takes all collateral of a liquidatable account and pays its debt; whoever calls gets nothing but
/// points, and buys the collateral afterwards. The sales that an absorption makes possible are offered behind it, as they
/// would stand: with this account's collateral among the reserves.
///
/// | what | where it stands |
/// |---|---|
/// | `liquidationFactor` | the asset's parameter |
/// | `storeFrontPriceFactor` | the base's parameter |
/// | collateral reserves | the asset's totals: assets |
/// | reserves of the base (nothing when negative), target reserves | the base's totals: assets, shares |
extension CompoundV3Rules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves),
            health.isLiquidatable, let base = Self.base(of: factors[0].reserve, reserves),
            let absorption = absorption(factors: factors, amounts: amounts, in: reserves)
        else { return }
        var last: ReserveIndex?
        while let leg = Self.nextCollateral(after: last, but: base, factors) {
            let asset = factors[leg].reserve
            if last == nil {
                visitor.visit(
                    KeeperWork(
                        .absorption, pays: base, receives: asset, rewards: .none,
                        badDebt: absorption.loss.asUInt128 ?? .max, at: moment))
            }
            last = asset
            guard
                let terms = Self.sale(of: asset, adding: amounts[leg], for: base, after: absorption.paidOut, reserves),
                let sale = CompoundV3Sale(terms, pays: base, receives: asset, at: moment)
            else { continue }
            visitor.visit(sale)
        }
    }

    /// What `absorb` does to an account that is liquidatable; `nil` where it reverts or a number is missing.
    public func absorption(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, in reserves: borrowing ReserveTable
    ) -> CompoundV3Absorption? {
        guard !factors.isEmpty, let base = Self.base(of: factors[0].reserve, reserves), let row = reserves.row(base),
            let price = row.price.map({ UInt256($0.baseUnits) }), !price.isZero,
            let principal = Self.borrowed(base, factors, amounts),
            let debt = UInt256(principal).multiplied(by: UInt256(row.borrowIndex.value))?
                .dividedRoundingDown(by: Self.indexScale)
        else { return nil }
        var value = UInt256.zero
        for leg in factors.indices where factors[leg].side == .collateral && factors[leg].reserve != base {
            guard let asset = reserves.row(factors[leg].reserve), let assetPrice = asset.price,
                let factor = Self.number(.liquidationFactor, of: factors[leg].reserve, reserves),
                let worth = UInt256(amounts[leg]).multiplied(by: UInt256(assetPrice.baseUnits))?
                    .dividedRoundingDown(by: UInt256(asset.unit)),
                let counted = worth.multiplied(by: factor)?.dividedRoundingDown(by: Self.factorScale),
                let sum = value.adding(counted)
            else { return nil }
            value = sum
        }
        guard let credit = value.multiplied(by: UInt256(row.unit))?.dividedRoundingDown(by: price) else { return nil }
        let balance = credit.subtracting(debt) ?? .zero
        guard row.supplyIndex.value > 0,
            let newPrincipal = balance.multiplied(by: Self.indexScale)?
                .dividedRoundingDown(by: UInt256(row.supplyIndex.value))
        else { return nil }
        return CompoundV3Absorption(
            debt: debt, credit: credit, balanceAfter: balance, principalAfter: newPrincipal, paidOut: debt + balance)
    }

    private static func sale(
        of asset: ReserveIndex, adding absorbed: TokenAmount, for base: ReserveIndex, after paidOut: UInt256,
        _ reserves: borrowing ReserveTable
    ) -> CompoundV3SaleTerms? {
        guard let assetRow = reserves.row(asset), let baseRow = reserves.row(base), let assetPrice = assetRow.price,
            let basePrice = baseRow.price, let factor = number(.liquidationFactor, of: asset, reserves),
            let storeFront = number(.storeFrontFactor, of: base, reserves),
            let totals = reserves.state(of: base)?.totals
        else { return nil }
        let held = (reserves.state(of: asset)?.totals?.assets ?? 0).addingReportingOverflow(absorbed)
        guard !held.overflow else { return nil }
        return CompoundV3SaleTerms(
            assetPrice: assetPrice, assetUnit: assetRow.unit, basePrice: basePrice, baseUnit: baseRow.unit,
            liquidationFactor: Wad(factor.low), storeFrontFactor: Wad(storeFront.low), held: held.partialValue,
            isOpen: UInt256(totals.assets) < UInt256(totals.shares) + paidOut)
    }

    private static func number(
        _ parameter: MarginParameter, of asset: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.parameter(parameter, of: asset).flatMap { UInt128(exactly: $0) }.map { UInt256($0) }
    }
}

/// One account absorbed, in the base's smallest units.
public struct CompoundV3Absorption: Equatable, Sendable {
    public let debt: UInt256
    /// What the collateral counts for.
    public let credit: UInt256
    public let balanceAfter: UInt256
    /// Rounded down: a small balance may become none.
    public let principalAfter: UInt256
    /// `basePaidOut`: from the reserves.
    public let paidOut: UInt256

    /// What the credit does not cover.
    public var loss: UInt256 { debt.subtracting(credit) ?? .zero }
}
