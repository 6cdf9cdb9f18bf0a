/// What stands behind a debt.
public enum StressMargin: String, CaseIterable, Sendable {
    /// Each collateral has its own debt: an account is one pair.
    case isolated
    /// All collateral is behind all debt, each counted at the liquidation threshold (Aave's health factor).
    case cross
    /// The same account judged by scenarios over its whole book (`Core/Portfolio`, SPAN).
    case portfolio
}

/// How a venue lets go of an account.
public enum StressMechanism: String, CaseIterable, Sendable {
    case fixedClose = "fixed-close"
    case fixedWhole = "fixed-whole"
    case dutch
    case english
    case absorption
    case stabilityPool = "stability-pool"
    case partial
    case backstop

    public var meaning: String {
        switch self {
        case .fixedClose: "fixed penalty, a close factor (Aave v3's integers)"
        case .fixedWhole: "fixed penalty, all at once (the same, close factor 100 %)"
        case .dutch: "Dutch auction (Maker's clip: bark, take, redo)"
        case .english: "English auction (Maker's flip: tend, dent, deal)"
        case .absorption: "absorbed by the venue, then a storefront sale (Compound v3)"
        case .stabilityPool: "depositors' pool, then redistribution (Liquity v2)"
        case .partial: "the position is taken over in parts, so much a block"
        case .backstop: "a backstop takes all over, then winners are deleveraged"
        }
    }
}

/// A margin model with a mechanism.
public struct StressDesign: Hashable, Sendable {
    public let margin: StressMargin
    public let mechanism: StressMechanism

    public init(_ margin: StressMargin, _ mechanism: StressMechanism) {
        self.margin = margin
        self.mechanism = mechanism
    }

    public var name: String { "\(margin.rawValue)/\(mechanism.rawValue)" }

    public static let all = StressMargin.allCases.flatMap { margin in
        StressMechanism.allCases.map { StressDesign(margin, $0) }
    }

    public static var existing: [StressDesign] { all.filter { $0.absence == nil } }

    /// Why there is no such venue to imitate; `nil` where it exists.
    public var absence: String? {
        switch (margin, mechanism) {
        case (.cross, .english), (.portfolio, .english):
            "an English auction sells one lot for one debt: vaults of one collateral only"
        case (.cross, .stabilityPool), (.portfolio, .stabilityPool):
            "a stability pool offsets one collateral against one debt: troves only"
        case (.portfolio, .fixedClose), (.portfolio, .fixedWhole):
            "venues with portfolio margin do not sell at a fixed bonus; they auction, close in parts or take over"
        case (.portfolio, .absorption):
            "a storefront absorbs by a factor an asset, which scenarios do not have"
        default: nil
        }
    }
}
