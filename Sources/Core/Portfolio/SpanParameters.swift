/// The classic sixteen scenarios of SPAN (`mechanics.md` 8.7): seven price moves by thirds of the range with the volatility up
/// and down, and two extreme moves of which a share counts.
extension ScanMargin {
    /// - Parameters:
    ///   - priceRange: relative.
    ///   - extremeMove: in price ranges.
    ///   - extremeShare: of the extreme loss.
    public static func span(
        priceRange: Double, volatility: VolatilityRange, extremeMove: Double, extremeShare: Double,
        shortOptionMinimum: Double, initialFactor: Double, joint: JointMoves
    ) -> ScanMargin {
        var scenarios: [Scenario] = []
        for thirds in [0, 1, -1, 2, -2, 3, -3] {
            let move = priceRange * Double(thirds) / 3
            scenarios += [Scenario(spot: move, .up), Scenario(spot: move, .down)]
        }
        for move in [extremeMove, -extremeMove] {
            scenarios.append(Scenario(spot: priceRange * move, .same, weight: extremeShare))
        }
        return ScanMargin(
            scenarios: scenarios, volatility: volatility, contingency: Contingency(future: 0, base: 0, nakedShort: 0),
            shortOptionMinimum: shortOptionMinimum, initialFactor: initialFactor, joint: joint)
    }

    /// An example set: range 15 %, volatility ±25 %, extreme moves of two ranges at 35 %, half of an offset between
    /// underlyings recognised. A clearing house publishes its own daily.
    public static let span = span(
        priceRange: 0.15,
        volatility: VolatilityRange(up: 0.25, down: 0.25, shortPower: 0, longPower: 0, daysMin: 1),
        extremeMove: 2, extremeShare: 0.35, shortOptionMinimum: 0.01, initialFactor: 1.1,
        joint: JointMoves(share: 0.5, includesOpposite: false))
}

extension PortfolioRules {
    public static let span = PortfolioRules(.scan(.span))
}
