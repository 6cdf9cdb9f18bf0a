public import Domain
public import Margin
public import Units

/// dYdX v4 subaccounts (`v4-chain`, `GetNetCollateralAndMarginRequirements`, `CanLiquidateSubaccount`).
///
/// | what | where it stands |
/// |---|---|
/// | USDC quantums | a leg on the market's cash asset: collateral, or debt for a balance below zero |
/// | base quantums of a perpetual | a leg on its side collateral (long) or debt (short) |
/// | the position's own quote balance | its leg on the entry side, signed |
/// | `fundingIndex` at the last settlement, and now | its leg on the accrual side; the instrument's cumulative funding |
/// | oracle price, with −(exponent + atomic resolution + 6) as the instrument's decimals | the instrument's price |
/// | `initialMarginPpm`, `maintenanceFractionPpm` | `initialMargin`, `maintenanceScalar`, 18 decimals |
///
/// A subaccount of the isolated kind holds one perpetual; one that holds more cannot be judged.
public struct DYdXRules: MarginRules {
    public static let name = "dydx-4"
    /// Funding indices are in millionths of a quote quantum for one base quantum.
    static let fundingUnit: Int256 = 1_000_000

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let subaccount = Subaccount(factors, amounts, traits, reserves) else { return nil }
        let requirement = subaccount.maintenance
        let isShort = Int256(requirement).map { subaccount.netCollateral < $0 } ?? true
        return AccountHealth(
            equity: subaccount.netCollateral, requirement: requirement,
            isLiquidatable: !requirement.isZero && isShort)
    }
}

/// What a subaccount has and needs, in quote quantums.
struct Subaccount {
    var netCollateral = Int256.zero
    var maintenance = UInt256.zero
    /// The worth of all positions, without signs.
    var notional = UInt256.zero
    private var funding = Int256.zero
    private var positions = 0

    /// `nil` when it cannot be judged.
    init?(
        _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ traits: AccountTraits,
        _ reserves: borrowing ReserveTable
    ) {
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .nothing: continue
            case .cash(let balance):
                guard let sum = netCollateral.adding(balance) else { return nil }
                netCollateral = sum
            case .position(let position): guard add(position, reserves) else { return nil }
            case .collateral, nil: return nil
            }
        }
        // Floored once, over the sum of all positions.
        guard let settled = funding.dividedRoundingDown(by: DYdXRules.fundingUnit),
            let sum = netCollateral.adding(settled), positions <= 1 || traits != .isolated
        else { return nil }
        netCollateral = sum
    }

    private mutating func add(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> Bool {
        guard let row = reserves.row(position.instrument), let price = row.price,
            let now = reserves.state(of: position.instrument)?.cumulativeFunding,
            let margins = DYdXMargins(position.instrument, reserves),
            // `BaseToQuoteQuantums`: toward zero.
            let worth = position.size.multiplied(by: Int256(price.baseUnits), dividedTowardZeroBy: Int256(row.unit)),
            let needed = margins.maintenance(of: worth.magnitude),
            let payment = (Int256(position.settledFunding) - Int256(now)).multiplied(by: position.size),
            let total = netCollateral.adding(worth)?.adding(Int256(position.entry)),
            let funding = funding.adding(payment), let maintenance = maintenance.adding(needed)
        else { return false }
        (netCollateral, self.funding, self.maintenance) = (total, funding, maintenance)
        notional = notional.adding(worth.magnitude) ?? .max
        positions += 1
        return true
    }
}

/// A perpetual's margins: shares of the notional with 18 decimals.
struct DYdXMargins {
    let initial: UInt256
    /// Of the initial margin.
    let fraction: UInt256

    init?(_ instrument: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let initial = reserves.parameter(.initialMargin, of: instrument), initial >= 0,
            let fraction = reserves.parameter(.maintenanceScalar, of: instrument), fraction >= 0
        else { return nil }
        self.initial = UInt256(UInt128(initial))
        self.fraction = UInt256(UInt128(fraction))
    }

    /// `GetMarginRequirementsInQuoteQuantums`: two ceilings; the open interest scales the initial margin alone.
    func maintenance(of notional: UInt256) -> UInt256? {
        notional.multiplied(by: initial, dividedRoundingUpBy: AccountHealth.one)?
            .multiplied(by: fraction, dividedRoundingUpBy: AccountHealth.one)
    }
}
