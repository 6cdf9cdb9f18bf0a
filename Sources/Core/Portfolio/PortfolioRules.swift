public import Domain
public import Margin
import Numerics
public import Units

/// A market of options under portfolio margin: health by the model in doubles, rounded only where it is shown; the form by
/// enclosures of the same formulas over a box.
///
/// An account can be liquidated when its maintenance margin is below zero, strictly. Legs are decoded as `BookReader` says.
/// Stateless: any thread may ask. A form allocates a few arrays for each scenario and option; a tick that reaches nobody
/// never comes here.
public struct PortfolioRules: MarginRules {
    public let model: PortfolioModel

    public init(_ model: PortfolioModel) { self.model = model }

    /// A box reaches this many typical moves at most.
    public static let reachMax = 2.0
    /// And not less: nearer to an expiry than this allows, the slopes have no bound and the account is looked at each tick.
    public static let reachMin = 1e-3
    /// A share of the time left that the clock may take in one box.
    private static let timeShare = 0.25
    /// Bounds how far two evaluations in doubles differ, relative to the gross.
    private static let rounding = 1e-11
    /// Stands for a slope without bound: the index then keeps the account hot.
    private static let steepest = 1e60

    public func margin(
        _ requirement: Requirement, factors: Span<FactorIndex>, amounts: Span<TokenAmount>,
        in reserves: borrowing ReserveTable
    ) -> Double? {
        book(Double.self, factors, amounts, reserves).flatMap { model.margin(requirement, of: $0) }
    }

    /// The account decoded, for those who want to see more than a sum.
    public func book<Q: Quantity>(
        _ type: Q.Type, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>,
        _ reserves: borrowing ReserveTable
    ) -> PortfolioBook<Q>? {
        guard factors.count > 0, let cash = Self.cash(of: factors, in: reserves) else { return nil }
        let positions = PositionList(cash, factors, amounts)
        let reach = Q.hasBox ? Self.reach(positions, in: reserves) : 0
        return BookReader<Q>.book(positions, in: copy reserves, reach: reach)
    }

    public func health(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable
    ) -> AccountHealth? {
        guard factors.count > 0 else { return AccountHealth(equity: 0, margin: 0) }
        guard let book = book(Double.self, factors, amounts, reserves),
            let assessment = model.assessment(.maintenance, of: book)
        else { return nil }
        return AccountHealth(equity: assessment.equity, margin: assessment.margin)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard factors.count > 0, let cash = Self.cash(of: factors, in: reserves),
            PositionList(cash, factors, amounts).canFall,
            let book = book(Jet.self, factors, amounts, reserves), let margin = model.margin(.maintenance, of: book)
        else { return false }
        form.constant = margin.here
        form.allowance = Self.rounding * (book.gross + 1)
        for position in book.factors.indices {
            let slope = margin.slope(position)
            form.add(
                book.factors[position], slope: slope.here,
                bounds: SlopeBounds(
                    Self.below(slope.bounds.low), Self.above(slope.bounds.high),
                    halfWidth: book.halfWidths[position]))
        }
        return true
    }

    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        PortfolioFactors.reading(of: factor, in: reserves)
    }

    /// Never quite zero: a factor that does not matter here must still be watched at the box's end.
    private static func below(_ slope: Double) -> Double { max(min(slope, -leastSlope), -steepest) }
    private static func above(_ slope: Double) -> Double { min(max(slope, leastSlope), steepest) }
    private static let leastSlope = 1e-30

    private static func cash(of factors: Span<FactorIndex>, in reserves: borrowing ReserveTable) -> ReserveIndex? {
        reserves.market(of: factors[0].reserve).flatMap { reserves.conditions(of: $0)?.cash }
    }

    /// Boxes shrink with the shortest time left: near an expiry slopes change fast.
    private static func reach(_ positions: PositionList, in reserves: borrowing ReserveTable) -> Double {
        guard let market = reserves.market(of: positions.cash),
            let clock = reserves.conditions(of: market)?.clock.seconds
        else { return reachMin }
        var reach = reachMax
        for position in positions.rows {
            guard case .option(let terms)? = reserves.terms(of: position.instrument),
                case .expiry(let expiry)? = reserves.terms(of: terms.expiry)
            else { continue }
            let left = expiry.expiry.seconds - clock
            if left > 0 { reach = min(reach, left * timeShare / PortfolioFactors.clockScale) }
        }
        return max(reach, reachMin)
    }
}

extension AccountHealth {
    /// Money in base units: what is had rounded down, what is needed up. `nil` when it does not fit.
    init?(equity: Double, margin: Double) {
        let had = max(equity, 0)
        let needed = max(had - margin, 0)
        guard had < 0x1p126, needed < 0x1p126 else { return nil }
        let collateral = UInt256(UInt128(had.rounded(.down)))
        let debt = UInt256(UInt128(needed.rounded(.up)))
        let factor =
            debt.isZero
            ? UInt256.max
            : collateral.multiplied(by: AccountHealth.one, dividedRoundingDownBy: debt) ?? .max
        self.init(collateral: collateral, debt: debt, healthFactor: factor, isLiquidatable: margin < 0)
    }
}
