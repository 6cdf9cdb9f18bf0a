public import Portfolio

/// Rules like Deribit's (`mechanics.md` 8.6, from its public documentation): standard margin, and a grid like S:PM.
///
/// Futures carry their own requirements (`initial_margin`, `maintenance_margin`). What the documentation leaves to the
/// venue's discretion (volatility range, contingencies, the dampening of far moves) is our choice here, not the venue's word.
public enum DeribitRules {
    /// The names by which a market definition asks for these rules, in the order of `all`.
    public static let names = ["deribit-sm", "deribit-pm"]
    public static let all = [standard, portfolio]

    public static let standard = PortfolioRules(.isolated(standardMargin))
    public static let portfolio = PortfolioRules(.scan(portfolioMargin))

    /// In units of the underlying 0.075 + mark to stay, max(0.15 − OTM, 0.10) + mark to open; nothing for long options.
    public static let standardMargin = IsolatedMargin(
        initialMost: 0.15, initialLeast: 0.1, maintenanceCall: 0.075, maintenancePut: 0.075, maintenancePutMark: 0.075,
        putOffset: 1, unpaired: nil, future: nil)

    /// Nine buckets over ±16 % with the volatility up, unchanged and down; far moves with the volatility up, of whose loss
    /// the share counts that 16 % is of the move.
    public static let portfolioMargin = ScanMargin(
        scenarios: grid + far,
        volatility: VolatilityRange(up: 0.5, down: 0.25, shortPower: 0.3, longPower: 0.13, daysMin: 1),
        contingency: Contingency(future: 0.006, base: 0.006, nakedShort: 0.01), initialFactor: 1.25)

    private static let grid: [Scenario] = (-4...4).flatMap { step in
        Scenario.Volatility.allCases.map { Scenario(spot: ScanFraction(step * 4) / 100, $0) }
    }

    private static let far: [Scenario] = [-66, -50, -33, 33, 50, 100, 200, 300, 500].map { percent in
        Scenario(spot: ScanFraction(percent) / 100, .up, weight: 16 / ScanFraction(abs(percent)))
    }
}
