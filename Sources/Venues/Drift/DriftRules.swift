public import Domain
public import Margin
public import Units

/// Drift cross-margin users (`calculate_margin_requirement_and_total_collateral`, maintenance, not strict).
///
/// | what | where it stands |
/// |---|---|
/// | quote asset, 6 decimals: deposit, borrow | a leg on the market's cash asset: collateral, debt |
/// | other deposits and borrows | legs on both sides of instruments with weights |
/// | base asset amount, 9 decimals | a leg on the perpetual's side collateral (long) or debt (short) |
/// | `quote_asset_amount`, signed | its leg on the entry side |
/// | cumulative funding rate, at the last settlement and now | its leg on the accrual side; the instrument's cumulative funding |
/// | oracle price of one whole unit in the quote asset, 6 decimals | the instrument's price |
/// | maintenance weights and margin ratio; `imf_factor` | parameters, 18 decimals, of which four count; `sizePremium` |
///
/// Liquidatable when total collateral is below the margin requirement. The quote asset counts at one, unrealised profit
/// in full, and open orders not at all: a liquidation cancels them first.
public struct DriftRules: MarginRules {
    public static let name = "drift"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let user = DriftUser(factors, amounts, reserves), let requirement = Int256(user.requirement)
        else { return nil }
        return AccountHealth(
            equity: user.collateral, requirement: user.requirement, isLiquidatable: user.collateral < requirement)
    }
}

/// What a user has and needs, in quote units of 6 decimals.
struct DriftUser {
    private(set) var collateral = Int256.zero
    private(set) var requirement = UInt256.zero
    private(set) var isExposed = false

    /// `nil` when it cannot be judged.
    init?(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ reserves: borrowing ReserveTable) {
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .nothing: continue
            case .cash(let balance): guard add(balance, weight: DriftMargin.ratioUnit) else { return nil }
            case .collateral(let instrument, let amount):
                guard let worth = Self.worth(of: amount, instrument, reserves),
                    let weight = DriftMargin.spotWeight(of: instrument, amount, reserves), add(worth, weight: weight)
                else { return nil }
            case .position(let position): guard add(position, reserves) else { return nil }
            case nil: return nil
            }
        }
    }

    /// A deposit adds to the collateral, a borrow to the requirement.
    private mutating func add(_ worth: Int256, weight: UInt256) -> Bool {
        guard let counted = worth.magnitude.multiplied(by: weight, dividedRoundingDownBy: DriftMargin.ratioUnit)
        else { return false }
        if worth.isNegative {
            isExposed = true
            guard let sum = requirement.adding(counted) else { return false }
            requirement = sum
        } else {
            guard let sum = Int256(counted).flatMap({ collateral.adding($0) }) else { return false }
            collateral = sum
        }
        return true
    }

    private mutating func add(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> Bool {
        guard let worth = Self.worth(of: position.size, position.instrument, reserves),
            let now = reserves.state(of: position.instrument)?.cumulativeFunding,
            let ratio = DriftMargin.positionRatio(position, reserves),
            let needed = worth.magnitude.multiplied(by: ratio, dividedRoundingDownBy: DriftMargin.ratioUnit),
            let funding = (Int256(position.settledFunding) - Int256(now))
                .multiplied(by: position.size, dividedTowardZeroBy: DriftMargin.fundingUnit),
            let collateral = collateral.adding(worth)?.adding(Int256(position.entry))?.adding(funding),
            let requirement = requirement.adding(needed)
        else { return false }
        (self.collateral, self.requirement, isExposed) = (collateral, requirement, true)
        return true
    }

    /// `amount · price / 10^decimals`, toward zero.
    private static func worth(
        of amount: Int256, _ instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> Int256? {
        guard let row = reserves.row(instrument), let price = row.price else { return nil }
        return amount.multiplied(by: Int256(price.baseUnits), dividedTowardZeroBy: Int256(row.unit))
    }
}
