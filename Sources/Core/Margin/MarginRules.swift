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

    /// Whether an account can be liquidated while prices take any values within the ranges, and those not in them stay; `nil` where
    /// it changes sides, or might: a filter in doubles, finer than the form, that is asked about accounts at the edge.
    ///
    /// Several ranges of one instrument count together, and its price of now counts too.
    func isLiquidatable(
        throughout ranges: Span<PriceRange>, factors: Span<FactorIndex>, amounts: Span<TokenAmount>,
        traits: AccountTraits, in reserves: borrowing ReserveTable
    ) -> Bool?

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
    public func isLiquidatable(
        throughout ranges: Span<PriceRange>, factors: Span<FactorIndex>, amounts: Span<TokenAmount>,
        traits: AccountTraits, in reserves: borrowing ReserveTable
    ) -> Bool? { nil }

    public func wholePrice(of instrument: ReserveIndex, in reserves: borrowing ReserveTable) -> Price? {
        reserves.price(of: instrument)
    }
}
