public import Domain
public import Units

/// What an account is worth by the venue's own integers, in base units.
public struct AccountHealth: Equatable, Sendable {
    /// What stands behind the account: collateral, or the equity of a margin account (nothing when it is negative).
    public var collateral: UInt256
    /// What it must cover: debt, or the maintenance requirement.
    public var debt: UInt256
    /// With 18 decimals; the largest word when there is no debt.
    public var healthFactor: UInt256
    public var isLiquidatable: Bool

    public init(collateral: UInt256, debt: UInt256, healthFactor: UInt256, isLiquidatable: Bool) {
        self.collateral = collateral
        self.debt = debt
        self.healthFactor = healthFactor
        self.isLiquidatable = isLiquidatable
    }

    /// 1.0 with 18 decimals.
    public static let one = UInt256(1_000_000_000_000_000_000 as UInt128)

    /// Nothing against any debt: whatever a venue allows at some health, it allows at this.
    public static var hopeless: AccountHealth {
        AccountHealth(collateral: .zero, debt: .max, healthFactor: .zero, isLiquidatable: true)
    }
}

/// How a factor stands now, and how it moves with its instrument's price: value = fixed + perPrice · price.
public struct FactorReading: Equatable, Sendable {
    public var fixed: Double
    public var perPrice: Double
    /// A typical move of the value over the horizon, in the value's own unit; above zero.
    public var scale: Double

    public init(fixed: Double = 0, perPrice: Double = 0, scale: Double) {
        self.fixed = fixed
        self.perPrice = perPrice
        self.scale = scale
    }
}

/// How a venue judges an account: exactly, and as the form that the index watches.
///
/// Legs come as two spans of the same length, to read in place.
public protocol MarginRules: Sendable {
    /// Judges an account exactly as the venue does, in the venue's integers and rounding.
    ///
    /// `nil` when it cannot be judged: a price is missing, or the venue's arithmetic would overflow and revert.
    func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth?

    /// Fills in what tells an account's side by prices alone (it comes empty): finer than the form that the index watches, and asked
    /// for of accounts at the edge. `false` where there is none, or a price is missing.
    func sideForm(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout SideForm
    ) -> Bool

    /// Fills in the form (which comes empty). Returns whether there is anything to watch: an account without debt, or with
    /// an instrument that has no price yet, is not.
    func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool

    /// How a factor stands; `nil` when these rules do not use it, or while its instrument has no price.
    func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading?

    /// The price of a whole token on a scale that all instruments of the market share, rounded down: what gas and money are
    /// valued with. `nil` without a price.
    ///
    /// By default the price as it is told. Venues whose oracle scales by the token's own decimals say otherwise.
    func wholePrice(of instrument: ReserveIndex, in reserves: borrowing ReserveTable) -> Price?
}

extension MarginRules {
    /// Venues that have no finer filter.
    public func sideForm(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout SideForm
    ) -> Bool { false }

    public func wholePrice(of instrument: ReserveIndex, in reserves: borrowing ReserveTable) -> Price? {
        reserves.price(of: instrument)
    }
}
