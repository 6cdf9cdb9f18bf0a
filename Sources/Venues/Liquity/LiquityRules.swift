public import Domain
public import Margin
public import Units

/// Liquity troves: one collateral, one debt, a ratio of the two.
///
/// | what | where it stands |
/// |---|---|
/// | entire collateral, entire debt (rewards and interest included) | legs on both sides of the collateral's instrument, 18 decimals |
/// | price of the collateral | the instrument's price, 18 decimals |
/// | the system's entire collateral and debt (version 1) | the instrument's totals: assets and shares |
/// | the branch's MCR (version 2) | `collateralFactor` of the instrument's lending terms, 18 decimals |
///
/// A trove can be liquidated when its ratio is below MCR. Version 1 has a recovery mode while the system's ratio is below
/// CCR: then a trove below the system's ratio can be, too (where the stability pool covers its debt). All ratios are
/// rounded down and all comparisons strict.
public struct LiquityRules: MarginRules {
    public enum Version: String, CaseIterable, Sendable {
        case v1 = "liquity-1"
        case v2 = "liquity-2"
    }

    public let version: Version
    public static let names: [String] = Version.allCases.map(\.rawValue)
    public static let all: [LiquityRules] = Version.allCases.map { LiquityRules($0) }

    static let wad = UInt256(1_000_000_000_000_000_000 as UInt128)
    /// `MCR` and `CCR` of version 1.
    static let minimumRatio = UInt256(1_100_000_000_000_000_000 as UInt128)
    static let criticalRatio = UInt256(1_500_000_000_000_000_000 as UInt128)

    public init(_ version: Version) {
        self.version = version
    }

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let trove = Trove(factors, amounts) else { return .debtless(collateral: .zero) }
        guard let price = reserves.price(of: trove.instrument).map({ UInt256($0.baseUnits) }),
            let edge = edge(trove.instrument, price, reserves),
            let ratio = Self.ratio(UInt256(trove.collateral), UInt256(trove.debt), price),
            let value = UInt256(trove.collateral).multiplied(by: price)?.dividedRoundingDown(by: Self.wad)
        else { return nil }
        return AccountHealth(
            collateral: value, debt: UInt256(trove.debt), healthFactor: ratio, isLiquidatable: ratio < edge)
    }

    /// Below which ratio a trove can be liquidated now.
    private func edge(
        _ instrument: ReserveIndex, _ price: UInt256, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        switch version {
        case .v2: return minimumRatio(instrument, reserves)
        case .v1:
            guard let totals = reserves.state(of: instrument)?.totals,
                let system = Self.ratio(UInt256(totals.assets), UInt256(totals.shares), price)
            else { return nil }
            return system < Self.criticalRatio ? max(system, Self.minimumRatio) : Self.minimumRatio
        }
    }

    func minimumRatio(_ instrument: ReserveIndex, _ reserves: borrowing ReserveTable) -> UInt256? {
        if version == .v1 { return Self.minimumRatio }
        guard case .lending(let terms) = reserves.terms(of: instrument) else { return nil }
        return UInt256(terms.collateralFactor.value)
    }

    /// `LiquityMath._computeCR`: ⌊collateral · price / debt⌋; without debt the largest word.
    static func ratio(_ collateral: UInt256, _ debt: UInt256, _ price: UInt256) -> UInt256? {
        guard !debt.isZero else { return .max }
        return collateral.multiplied(by: price)?.dividedRoundingDown(by: debt)
    }
}

/// A trove that owes something.
struct Trove {
    let instrument: ReserveIndex
    var collateral: TokenAmount = 0
    var debt: TokenAmount = 0

    /// `nil` for one that owes nothing.
    init?(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>) {
        guard !factors.isEmpty else { return nil }
        instrument = factors[0].reserve
        for leg in factors.indices where factors[leg].reserve == instrument {
            if factors[leg].side == .collateral { collateral = amounts[leg] }
            if factors[leg].side == .debt { debt = amounts[leg] }
        }
        if debt == 0 { return nil }
    }
}
