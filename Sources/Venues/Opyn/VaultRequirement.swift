public import Domain
public import Margin
public import Units

/// `MarginCalculator._getNakedMarginRequired` and `isLiquidatable`: `FixedPointInt256` truncates each product and quotient at 27
/// decimals, and a vault that holds exactly what it needs is safe.
extension OpynRules {
    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let vault = Vault(factors, amounts, in: reserves) else { return nil }
        let isOpen = traits.category == Self.partial && !vault.hasExpired
        guard isOpen else { return AccountHealth(vault, required: .zero, isLiquidatable: false) }
        guard let required = vault.required, let held = vault.held else { return nil }
        return AccountHealth(vault, required: required, isLiquidatable: required > held)
    }
}

extension Vault {
    static let one = UInt256(1_000_000_000_000_000_000_000_000_000 as UInt128)

    /// The collateral with 27 decimals.
    var held: UInt256? {
        UInt256(deposited).multiplied(by: Self.one, dividedRoundingDownBy: UInt256(collateral.unit))
    }

    /// What the vault needs, in its collateral, with 27 decimals.
    var required: UInt256? {
        guard let position = boundPosition, let perOption = perOption(bounds[position]),
            let amount = UInt256(amount).multiplied(by: Self.one, dividedRoundingDownBy: UInt256(series.unit))
        else { return nil }
        return Self.product(perOption, amount)
    }

    private func perOption(_ tier: MarginTier) -> UInt256? {
        let bound = UInt256(tier.maintenanceMargin.value * 1_000_000_000)
        guard let strike = inCash(strike), let spot = inCash(spot),
            let (covered, limit) = kind == .put ? put(strike, spot) : call(strike, spot),
            let part = Self.product(bound, min(limit, covered))
        else { return nil }
        return part.adding(limit > covered ? limit - covered : .zero)
    }

    /// The shocked spot against the strike.
    private func put(_ strike: UInt256, _ spot: UInt256) -> (UInt256, UInt256)? {
        Self.product(UInt256(spotShock), spot).map { ($0, strike) }
    }

    /// The strike over the shocked spot against one underlying.
    private func call(_ strike: UInt256, _ spot: UInt256) -> (UInt256, UInt256)? {
        guard !spot.isZero, let shocked = Self.product(strike, UInt256(spotShock)) else { return nil }
        return shocked.multiplied(by: Self.one, dividedRoundingDownBy: spot).map { ($0, Self.one) }
    }

    /// In whole cash, with 27 decimals.
    private func inCash(_ price: Price) -> UInt256? {
        UInt256(price.baseUnits).multiplied(by: Self.one, dividedRoundingDownBy: UInt256(cashPrice.baseUnits))
    }

    private static func product(_ a: UInt256, _ b: UInt256) -> UInt256? {
        a.multiplied(by: b, dividedRoundingDownBy: one)
    }
}

extension AccountHealth {
    /// In base units: what is held rounded down, what is needed up.
    fileprivate init?(_ vault: Vault, required: UInt256, isLiquidatable: Bool) {
        let price = UInt256((vault.kind == .put ? vault.cashPrice : vault.spot).baseUnits)
        guard let held = vault.held, let collateral = held.multiplied(by: price, dividedRoundingDownBy: Vault.one),
            let debt = required.multiplied(by: price, dividedRoundingUpBy: Vault.one)
        else { return nil }
        let factor =
            required.isZero ? .max : held.multiplied(by: AccountHealth.one, dividedRoundingDownBy: required) ?? .max
        self.init(collateral: collateral, debt: debt, healthFactor: factor, isLiquidatable: isLiquidatable)
    }
}
