public import Domain
public import Margin
public import Units

/// Synthetix Perps v3 accounts (`PerpsAccount.isEligibleForLiquidation`): cross margin over any number of markets.
///
/// | what | where it stands |
/// |---|---|
/// | snxUSD margin; `debt`, with the interest charged so far | legs on the market's cash asset: collateral; debt |
/// | other synths as margin | legs on the collateral side of instruments with a collateral weight, 1 less their discount |
/// | size | a leg on the perpetual's side collateral (long) or debt (short) |
/// | `latestInteractionPrice` (the fill price, premium included) | its leg on the entry side |
/// | `latestInteractionFunding`, and funding now | its leg on the accrual side; the instrument's cumulative funding |
/// | ratios and the keeper's rewards | parameters of the perpetual; of the cash asset for the keeper's bounds and costs |
///
/// Everything has 18 decimals. The edge is strict, and includes what the keepers would be paid. An account without
/// positions is not judged by this condition (`liquidateMarginOnly` is another one).
public struct SynthetixRules: MarginRules {
    public static let name = "synthetix-3"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let account = SynthetixAccount(factors, amounts, reserves) else { return nil }
        guard account.positions > 0 else { return .debtless(collateral: account.available.asUInt256 ?? .zero) }
        guard let required = account.requirement, let excess = account.excess else { return nil }
        return AccountHealth(equity: account.available, requirement: required, isLiquidatable: excess.isNegative)
    }
}

/// What an account has and needs, in dollars of 18 decimals.
struct SynthetixAccount {
    /// `getAvailableMargin`.
    private(set) var available = Int256.zero
    /// Undiscounted.
    private(set) var collateral = UInt256.zero
    private(set) var maintenance = UInt256.zero
    private(set) var flagRewards = UInt256.zero
    private(set) var windows = UInt256.zero
    private(set) var positions = 0
    private(set) var keeper: KeeperTerms?

    /// `nil` when it cannot be judged.
    init?(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ reserves: borrowing ReserveTable) {
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .nothing: continue
            case .cash(let balance):
                guard let sum = available.adding(balance) else { return nil }
                available = sum
                if let held = balance.asUInt256 { collateral = collateral.adding(held) ?? .max }
            case .collateral(let instrument, let amount):
                guard add(amount, of: instrument, reserves) else { return nil }
            case .position(let position): guard add(position, reserves) else { return nil }
            case nil: return nil
            }
        }
        guard !factors.isEmpty, let market = reserves.row(factors[0].reserve)?.market,
            let cash = reserves.conditions(of: market)?.cash
        else { return }
        keeper = KeeperTerms(cash, reserves)
    }

    /// Required maintenance margin and the keepers' possible reward; `nil` while their terms are not known.
    var requirement: UInt256? {
        keeper?.possibleReward(self).flatMap { maintenance.adding($0) }
    }

    /// Below zero the account can be liquidated.
    var excess: Int256? { requirement.flatMap { Int256($0) }.flatMap { available.subtracting($0) } }

    /// Of every instrument; another number cannot be judged.
    private static let decimals: UInt8 = 18

    private mutating func add(
        _ amount: Int256, of instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> Bool {
        guard let amount = amount.asUInt256, reserves.row(instrument)?.decimals == Self.decimals,
            let price = reserves.price(of: instrument),
            let weight = reserves.parameter(.collateralWeight, of: instrument), weight >= 0,
            let worth = amount.timesDecimal(UInt256(price.baseUnits)),
            let counted = worth.timesDecimal(UInt256(UInt128(weight))).flatMap({ Int256($0) }),
            let sum = available.adding(counted), let total = collateral.adding(worth)
        else { return false }
        (available, collateral) = (sum, total)
        return true
    }

    private mutating func add(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> Bool {
        guard reserves.row(position.instrument)?.decimals == Self.decimals,
            let price = reserves.price(of: position.instrument),
            let now = reserves.state(of: position.instrument)?.cumulativeFunding,
            let margins = SynthetixMargins(position.instrument, reserves),
            let ratio = margins.maintenanceRatio(of: position.size.magnitude),
            let gain = position.size.timesDecimal(Int256(price.baseUnits) - Int256(position.entry)),
            let funding = position.size.timesDecimal(Int256(now) - Int256(position.settledFunding)),
            let notional = position.size.magnitude.timesDecimal(UInt256(price.baseUnits)),
            let needed = notional.timesDecimal(ratio)?.adding(margins.minimum),
            let reward = notional.timesDecimal(margins.flagReward),
            let available = available.adding(gain)?.adding(funding),
            let maintenance = maintenance.adding(needed), let rewards = flagRewards.adding(reward)
        else { return false }
        (self.available, self.maintenance, flagRewards) = (available, maintenance, rewards)
        windows = max(windows, margins.windows(for: position.size.magnitude))
        positions += 1
        return true
    }
}
