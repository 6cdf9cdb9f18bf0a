import Aave
import CompoundV3
import Domain
import Margin
import Mechanisms
import Portfolio
import Units

/// Who may be liquidated, by the rules of venues: Aave's integers for isolated and cross margin, `Core/Portfolio` for the rest.
/// Absorption has a table of its own, since Compound counts its indices with other decimals.
struct StressJudge {
    let margin: StressMargin
    let closeFactor: BasisPoints
    private let portfolio: PortfolioRules
    private(set) var table = ReserveTable()
    private(set) var absorbing = ReserveTable()
    static let rules = AaveRules(.v3_0)
    static let market = MarketIndex(0)

    init(_ design: StressDesign, _ risk: StressParameters) {
        margin = design.margin
        closeFactor = design.mechanism == .fixedWhole ? .whole : risk.share("close_factor_bps")
        portfolio = Self.scan(range: risk["portfolio_range_bps"])
        table.define(Self.market, cash: StressAsset.cash)
        absorbing.define(Self.market, cash: StressAsset.cash)
        define(StressAsset.cash, StressAsset.cashDecimals, risk)
        for asset in StressAsset.allCases {
            define(asset.reserve, asset.decimals, risk)
            let factor = Int128(Wad.one.value) / 10_000 * Int128(10_000 - risk["penalty_bps"])
            absorbing.set(asset.reserve, .liquidationFactor, to: factor)
        }
        set(StressAsset.cash, StressAsset.one)
    }

    /// SPAN's sixteen scenarios with another range.
    private static func scan(range: Int) -> PortfolioRules {
        guard case .scan(var grid) = PortfolioRules.span.model else { return .span }
        let standard = 1_500
        for i in grid.scenarios.indices {
            // A price never falls by the whole.
            grid.scenarios[i].spot = max(
                -99 / 100, grid.scenarios[i].spot * ScanFraction(range) / ScanFraction(standard))
        }
        return PortfolioRules(.scan(grid))
    }

    private mutating func define(_ reserve: ReserveIndex, _ decimals: UInt8, _ risk: StressParameters) {
        let definition = ReserveDefinition(
            reserve: reserve, market: Self.market, decimals: decimals,
            liquidationThreshold: risk.share("liquidation_threshold_bps"),
            liquidationBonus: BasisPoints(10_000 + UInt32(risk["penalty_bps"])),
            protocolFee: risk.share("protocol_fee_bps"), scalePartsPerMillion: 2_500)
        table.define(definition)
        absorbing.define(definition)
        let index = Ray(1_000_000_000_000_000)
        absorbing.set(reserve, supply: index, borrow: index)
    }

    /// The oracle's word.
    mutating func set(_ reserve: ReserveIndex, _ price: UInt128) {
        table.set(reserve, price: Price(baseUnits: price))
        absorbing.set(reserve, price: Price(baseUnits: price))
    }

    func price(_ asset: StressAsset) -> UInt128 { table.price(of: asset.reserve)?.baseUnits ?? 0 }

    func value(_ account: StressAccount) -> TokenAmount {
        StressAsset.allCases.reduce(0) { $0 + $1.value(account.held[$1.rawValue], at: price($1)) }
    }

    /// `nil` when the account owes nothing.
    func health(_ account: StressAccount) -> AccountHealth? {
        guard account.debt > 0 else { return nil }
        let legs = Legs(account)
        return margin == .portfolio
            ? portfolio.health(
                factors: legs.factors.span, amounts: legs.amounts.span, traits: .none, in: table)
            : Self.rules.health(factors: legs.factors.span, amounts: legs.amounts.span, traits: .none, in: table)
    }

    /// What the collateral counts for over the debt, in millionths, rounded down: it falls with prices, in proportion.
    func coverage(of account: StressAccount, _ health: AccountHealth) -> UInt128 {
        let million: UInt128 = 1_000_000
        guard margin == .portfolio else {
            return health.healthFactor.dividedRoundingDown(by: UInt256(Wad.one.value / million)).asUInt128 ?? million
        }
        // Equity less requirement is what counts less the debt.
        let debt = account.debt * (StressAsset.one / StressAsset.cashUnit)
        let counts = health.collateral.low + debt - min(health.debt.low, health.collateral.low + debt)
        return StressAsset.product(counts, million, over: debt)
    }

    func isLiquidatable(_ account: StressAccount) -> Bool { health(account)?.isLiquidatable ?? false }

    /// One collateral of a liquidatable account for its debt; `nil` when the venue would take nothing.
    func pair(_ asset: StressAsset, of account: StressAccount, _ health: AccountHealth) -> PairOffer<AaveRules>? {
        let subject = LiquidationSubject(
            pair: LiquidationPair(collateral: asset.reserve, debt: StressAsset.cash),
            scaledCollateral: account.held[asset.rawValue], scaledDebt: account.debt, health: health,
            closeFactor: closeFactor)
        return PairOffer(Self.rules, subject, at: .start, in: table)
    }

    func absorption(_ account: StressAccount) -> CompoundV3Absorption? {
        let legs = Legs(account)
        return CompoundV3Rules().absorption(
            factors: legs.factors.span, amounts: legs.amounts.span, in: absorbing)
    }

    private struct Legs {
        var factors: ContiguousArray<FactorIndex> = []
        var amounts: ContiguousArray<TokenAmount> = []

        init(_ account: StressAccount) {
            for asset in StressAsset.allCases where account.held[asset.rawValue] > 0 {
                factors.append(FactorIndex(asset.reserve, .collateral))
                amounts.append(account.held[asset.rawValue])
            }
            factors.append(FactorIndex(StressAsset.cash, .debt))
            amounts.append(account.debt)
        }
    }
}
