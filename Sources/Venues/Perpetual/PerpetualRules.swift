public import Domain
public import Margin
public import Units

/// Perpetual Protocol v2 (Curie): `ClearingHouse.liquidate` for positions, `Vault.isLiquidatable` for other collateral.
///
/// | what | where it stands |
/// |---|---|
/// | settlement token, in its smallest units, realised profit included | a leg on the market's cash asset |
/// | other collateral | legs on the collateral side of instruments with a collateral weight (`collateralRatio`) |
/// | base size, 18 decimals | a leg on the base's side collateral (long) or debt (short) |
/// | open notional (quote balance), 18 decimals, negative for a long | its leg on the entry side |
/// | `twPremium` growth, 18 decimals times seconds | its leg on the accrual side; the instrument's cumulative funding |
/// | mark or index price, as the market is configured, 18 decimals | the instrument's price |
/// | `mmRatio`; ratios and bound for other collateral | at the cash asset: `maintenanceMargin`; `collateralMaintenance`, `debtRatio`, `debtCeiling` |
///
/// Any of these makes an account liquidatable, all strictly: its value is below the margin of its positions; or, when it has
/// other collateral, below the higher margin, or its debt is above that collateral's share, or above the bound.
public struct PerpetualRules: MarginRules {
    public static let name = "perpetual-2"
    /// Funding is paid a day at a time.
    static let day = Int256(86_400)

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard !factors.isEmpty else { return .debtless(collateral: .zero) }
        guard let account = CurieAccount(factors, amounts, reserves), let excess = account.excess else { return nil }
        return AccountHealth(
            equity: account.value, requirement: account.maintenance, isLiquidatable: excess.isNegative)
    }
}

/// What an account has and needs, in dollars of 18 decimals.
struct CurieAccount {
    let terms: CurieTerms
    /// Settlement token with funding and unrealised profit; its debt when negative.
    private(set) var settlement = Int256.zero
    /// Other collateral, haircut.
    private(set) var collateral = UInt256.zero
    private(set) var hasCollateral = false
    /// Σ |position value|.
    private(set) var notional = UInt256.zero

    /// `nil` when it cannot be judged.
    init?(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ reserves: borrowing ReserveTable) {
        guard !factors.isEmpty, let terms = CurieTerms(factors[0].reserve, reserves) else { return nil }
        self.terms = terms
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .nothing: continue
            case .cash(let balance):
                guard let sum = balance.multiplied(by: terms.cashScale)?.adding(settlement) else { return nil }
                settlement = sum
            case .collateral(let instrument, let amount):
                guard add(amount, of: instrument, reserves) else { return nil }
            case .position(let position): guard add(position, reserves) else { return nil }
            case nil: return nil
            }
        }
    }

    var value: Int256 { Int256(collateral).flatMap { settlement.adding($0) } ?? .max }

    /// `getMarginRequirementForLiquidation`, or the vault's higher one where there is something for the vault to sell.
    var maintenance: UInt256 {
        let ratio = hasCollateral ? max(terms.maintenance, terms.collateralMaintenance) : terms.maintenance
        return notional.multiplied(by: ratio, dividedRoundingDownBy: .decimal) ?? .max
    }

    /// How far the nearest condition is off; below zero the account can be liquidated.
    var excess: Int256? {
        let conditions = [byValue, hasCollateral ? byShare : .max, hasCollateral ? byBound : .max]
        guard let value = conditions[0], let share = conditions[1], let bound = conditions[2] else { return nil }
        return min(value, min(share, bound))
    }

    var byValue: Int256? { Int256(maintenance).flatMap { value.subtracting($0) } }
    /// The debt against the share of other collateral that may be owed.
    var byShare: Int256? {
        collateral.multiplied(by: terms.debtRatio, dividedRoundingDownBy: .decimal)
            .flatMap { Int256($0) }.flatMap { $0.adding(settlement) }
    }
    /// The debt against the bound that holds for everybody.
    var byBound: Int256? { terms.debtCeiling.adding(settlement) }

    private mutating func add(
        _ amount: Int256, of instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> Bool {
        guard let amount = amount.asUInt256, let row = reserves.row(instrument), let price = row.price,
            let weight = reserves.parameter(.collateralWeight, of: instrument), weight >= 0,
            let worth = amount.multiplied(by: UInt256(price.baseUnits), dividedRoundingDownBy: UInt256(row.unit)),
            let counted = worth.multiplied(by: UInt256(UInt128(weight)), dividedRoundingDownBy: .decimal),
            let sum = collateral.adding(counted)
        else { return false }
        (collateral, hasCollateral) = (sum, true)
        return true
    }

    private mutating func add(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> Bool {
        let one = Int256(Wad.one.value)
        guard let row = reserves.row(position.instrument), let price = row.price,
            let now = reserves.state(of: position.instrument)?.cumulativeFunding,
            let worth = position.size.multiplied(by: Int256(price.baseUnits), dividedTowardZeroBy: Int256(row.unit)),
            let due = (Int256(now) - Int256(position.settledFunding))
                .multiplied(by: position.size, dividedTowardZeroBy: one * PerpetualRules.day),
            let sum = settlement.adding(worth)?.adding(Int256(position.entry))?.subtracting(due),
            let total = notional.adding(worth.magnitude)
        else { return false }
        (settlement, notional) = (sum, total)
        return true
    }
}
