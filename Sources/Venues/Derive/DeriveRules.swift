public import Portfolio

/// Derive (Lyra v2): the Standard Manager and the first portfolio margin (PMRM), with the parameters of their launch
/// (`mechanics.md` 8.2 and 8.3). Governance changes them; a deployment whose numbers differ needs its own set.
public enum DeriveRules {
    /// The names by which a market definition asks for these rules, in the order of `all`.
    public static let names = ["derive-sm", "derive-pmrm"]
    public static let all = [standard, portfolio]

    public static let standard = PortfolioRules(.isolated(standardMargin))
    public static let portfolio = PortfolioRules(.scan(portfolioMargin))

    /// `StandardManager`: option parameters, and 6.5 % and 10 % of a perpetual's notional.
    public static let standardMargin = IsolatedMargin(
        initialMost: 0.15, initialLeast: 0.13, maintenanceCall: 0.09, maintenancePut: 0.09, maintenancePutMark: 0.09,
        putOffset: 1.05, unpaired: FutureRequirement(initial: 1.2, maintenance: 1.1),
        future: FutureRequirement(initial: 0.1, maintenance: 0.065))

    /// `PMRMLib` and `PMRM`, 23 scenarios.
    public static let portfolioMargin = ScanMargin(
        scenarios: scenarios,
        volatility: VolatilityRange(up: 0.6, down: 0.3, shortPower: 0.3, longPower: 0.13, daysMin: 1),
        discount: StaticDiscount(base: 0.95, rateScale: 1, rateAdd: 0.12),
        basis: BasisContingency(move: 0.05, add: 1, multiply: 1.2),
        contingency: Contingency(future: 0.03, base: 0.03, nakedShort: 0.02), initialFactor: 1.25)

    /// In steps of 5 %: to ±15 % with the volatility up, unchanged and down, at ±20 % with the volatility up alone.
    private static let scenarios: [Scenario] = (-4...4).flatMap { step in
        Scenario.Volatility.allCases.filter { abs(step) < 4 || $0 == .up }.map { Scenario(spot: move(step), $0) }
    }

    private static func move(_ step: Int) -> ScanFraction { ScanFraction(step * 5) / 100 }
}
