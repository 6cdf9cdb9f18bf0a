public import Domain
public import Margin
public import Units

/// Hyperliquid accounts (the venue's documentation; its source is not published, so where it rounds is our choice).
///
/// | what | where it stands |
/// |---|---|
/// | USDC in its smallest units | a leg on the market's cash asset |
/// | size | a leg on the perpetual's side collateral (long) or debt (short) |
/// | size · entry price, negative for a short | its leg on the entry side, cash's smallest units |
/// | funding for one whole unit, in cash's smallest units with 18 decimals more | its leg on the accrual side; the instrument's cumulative funding |
/// | mark price of one whole unit in cash's smallest units | the instrument's price |
/// | margin tiers; or the initial margin at the largest leverage | brackets; or `initialMargin`, 18 decimals: maintenance is half of it |
///
/// Equity counts at the mark. Cross accounts have any number of positions; an isolated one has one, or cannot be judged.
public struct HyperliquidRules: MarginRules {
    public static let name = "hyperliquid"

    public init() {}

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard let account = HyperliquidAccount(factors, amounts, traits, reserves),
            let excess = account.excess
        else { return nil }
        return AccountHealth(
            equity: account.equity, requirement: account.maintenance,
            isLiquidatable: account.positions > 0 && excess.isNegative)
    }

    /// The instrument's brackets, or half of its initial margin (rounded up).
    static func maintenance(of instrument: ReserveIndex, _ reserves: borrowing ReserveTable) -> TieredMaintenance? {
        let initial = reserves.parameter(.initialMargin, of: instrument)
        return TieredMaintenance(of: instrument, flat: initial.map { $0 / 2 + $0 % 2 }, in: reserves)
    }
}

/// What an account has and needs, in cash's smallest units.
struct HyperliquidAccount {
    var equity = Int256.zero
    var maintenance = UInt256.zero
    var positions = 0

    /// `nil` when it cannot be judged.
    init?(
        _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ traits: AccountTraits,
        _ reserves: borrowing ReserveTable
    ) {
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .nothing: continue
            case .cash(let balance):
                guard let sum = equity.adding(balance) else { return nil }
                equity = sum
            case .position(let position): guard add(position, reserves) else { return nil }
            case .collateral, nil: return nil
            }
        }
        if traits == .isolated, positions > 1 { return nil }
    }

    /// Equity less maintenance: below zero the account can be liquidated.
    var excess: Int256? { Int256(maintenance).flatMap { equity.subtracting($0) } }

    private mutating func add(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> Bool {
        guard let row = reserves.row(position.instrument), let price = row.price,
            let now = reserves.state(of: position.instrument)?.cumulativeFunding,
            let margins = HyperliquidRules.maintenance(of: position.instrument, reserves),
            let unit = Int256(row.unit).multiplied(by: Int256(1_000_000_000_000_000_000 as Int128)),
            let worth = position.size.multiplied(by: Int256(price.baseUnits), dividedTowardZeroBy: Int256(row.unit)),
            let funding = (Int256(position.settledFunding) - Int256(now))
                .multiplied(by: position.size, dividedRoundingDownBy: unit),
            let needed = margins.requirement(for: worth.magnitude), let maintenance = maintenance.adding(needed),
            let equity = equity.adding(worth)?.subtracting(Int256(position.entry))?.adding(funding)
        else { return false }
        (self.equity, self.maintenance) = (equity, maintenance)
        positions += 1
        return true
    }
}
