/// What kind of day is generated. A recipe and a seed are an episode; no file of one is shipped.
public enum EpisodeRecipe: String, CaseIterable, Sendable {
    /// Ether falls by 27 % with bounces between, as on 11 January 2021.
    case crash
    /// Ether loses a fifth, slowly and without a low that anybody would call one, as in January 2022.
    case grind
    /// USDC falls to 0.87 dollars and comes back, as in March 2023; ether moves little.
    case depeg
    /// Nothing happens.
    case calm

    /// What a reserve's path adds to the noise.
    struct Path {
        /// Share of the day, share of the price.
        var corners: [(at: Double, price: Double)]

        /// A straight line between the corners.
        func price(at share: Double) -> Double {
            for (from, to) in zip(corners, corners.dropFirst()) where share <= to.at {
                return from.price + (to.price - from.price) * (share - from.at) / (to.at - from.at)
            }
            return corners[corners.count - 1].price
        }

        static let flat = Path(corners: [(0, 1), (1, 1)])
    }

    /// Ether in dollars, as a share of where it began.
    var ether: Path {
        switch self {
        case .crash:
            Path(corners: [
                (0, 1), (0.10, 0.985), (0.18, 0.945), (0.24, 0.955), (0.33, 0.865), (0.39, 0.905), (0.47, 0.815),
                (0.53, 0.85), (0.62, 0.73), (0.68, 0.80), (0.76, 0.765), (0.86, 0.83), (1, 0.845),
            ])
        case .grind:
            Path(corners: [
                (0, 1), (0.15, 0.96), (0.22, 0.97), (0.4, 0.91), (0.5, 0.915), (0.7, 0.85), (0.78, 0.855), (1, 0.8),
            ])
        case .depeg: Path(corners: [(0, 1), (0.4, 0.97), (0.7, 1.01), (1, 1)])
        case .calm: .flat
        }
    }

    /// A dollar token in dollars.
    func dollarToken(_ name: String) -> Path {
        guard self == .depeg, name == "USDC" else { return .flat }
        return Path(corners: [(0, 1), (0.2, 0.995), (0.35, 0.93), (0.45, 0.87), (0.55, 0.91), (0.8, 0.97), (1, 0.998)])
    }

    /// How large the noise of all prices is, as a share of a crash's.
    var noise: Double { self == .calm ? 0.15 : 1 }

    /// For titles: generated days say that they are.
    func title(seed: UInt64) -> String {
        self == .crash
            ? "synthetic, shaped after 11 January 2021 (seed \(seed))" : "synthetic \(rawValue) (seed \(seed))"
    }
}
