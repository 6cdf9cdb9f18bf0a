import Numerics
public import Search

/// A made-up liquidator with thirteen parameters, on made-up tapes: what searches are measured on.
///
/// Nine continuous parameters, two whole ones, two choices; 60 tapes to train on and 300 that a search never sees. The default
/// is worth about 4,400 and the best known point about a quarter more. Written a second time in
/// `Tests/Reference/landscape.py`. Its constants were set before any two searches were compared on it, and must stay.
public struct BiddingLandscape: Sendable {
    public static let training = 0..<60
    public static let heldOut = 60..<360
    private static let scale = 16_500.0
    private static let base = 3_937.0

    public let space: SearchSpace
    private let tapes = (0..<360).map { BiddingTape(number: $0) }

    public init() throws {
        func continuous(_ name: String, _ low: Double, _ high: Double, _ value: Double, log: Bool = false)
            -> SearchParameter
        {
            SearchParameter(name, .continuous(low: low, high: high, isLogarithmic: log), default: value)
        }
        space = try SearchSpace([
            continuous("gas_multiplier", 0.5, 10, 1.5, log: true),
            continuous("bid_share", 0.05, 0.95, 0.5),
            continuous("margin_min", 0.0005, 0.05, 0.005, log: true),
            continuous("slippage_max", 0.0005, 0.05, 0.01, log: true),
            continuous("repay_share", 0.1, 1, 0.5),
            continuous("wait_ms", 1, 1_000, 50, log: true),
            continuous("smoothing", 0.01, 1, 0.3),
            continuous("risk_aversion", 0, 2, 0.5),
            continuous("inventory_share", 0.05, 1, 0.3),
            SearchParameter("attempts", .integer(low: 1, high: 8, isLogarithmic: false), default: 2),
            SearchParameter("pools", .integer(low: 1, high: 12, isLogarithmic: false), default: 3),
            SearchParameter("funding", .choice(["capital", "flash_loan", "both"]), default: 0),
            SearchParameter("style", .choice(["steady", "by_size", "by_crowd", "by_rival"]), default: 0),
        ])
    }

    /// The mean profit of a point on some tapes.
    public func mean(_ point: SpacePoint, over numbers: some Collection<Int>) -> Double {
        numbers.reduce(0) { $0 + profit(point, on: $1) } / Double(numbers.count)
    }

    public func profit(_ point: SpacePoint, on number: Int) -> Double {
        let tape = tapes[number]
        return Self.base + Self.scale * tape.demand * BiddingRun(point, tape).total(tape)
    }
}

/// One point on one tape: what does not change from opportunity to opportunity, then their sum.
struct BiddingRun {
    private let point: SpacePoint
    private let quick: Double
    private let included: Double
    private let noise: Double
    private let lag: Double
    private let cut: Double

    init(_ point: SpacePoint, _ tape: BiddingTape) {
        self.point = point
        let (gas, wait, smoothing, risk) = (point[0], point[5], point[6], point[7])
        quick = tape.rivalMilliseconds / (tape.rivalMilliseconds + wait)
        included = 1 - Elementary.exp(-1.2 * gas / tape.gas)
        noise = tape.volatility * (2 * smoothing * smoothing + 160 / (40 + wait))
        lag = 2 * tape.volatility * (1 - smoothing) * (1 - smoothing)
        cut = 1 / (1 + 60 * risk * tape.volatility)
    }

    func total(_ tape: BiddingTape) -> Double {
        var total = 0.0
        var lastRival = tape.crowd
        for opportunity in tape.opportunities {
            total += worth(opportunity, tape, lastRival)
            lastRival = opportunity.rival
        }
        return total
    }

    private func worth(_ opportunity: BiddingTape.Opportunity, _ tape: BiddingTape, _ lastRival: Double) -> Double {
        let (gas, marginMin, slippageMax, repay, inventory) = (point[0], point[2], point[3], point[4], point[8])
        let (attempts, pools) = (point[9], point[10])
        let (amount, fee, gasMore) = funded(opportunity.size * repay * cut, inventory)
        let rate = 0.08 - 0.03 * amount / (tape.depth * pools.squareRoot()) - fee - lag
        let mine = bid(opportunity.size, tape.crowd, lastRival)
        guard rate + noise * opportunity.surprise >= marginMin else { return 0 }
        let once = included * quick / (1 + Elementary.exp(-(mine - opportunity.rival) / 0.06))
        var missed = 1.0
        for _ in 0..<Int(attempts) { missed *= 1 - once }
        let kept = (rate - 0.5 * noise - 0.3 * slippageMax) * (1 - 0.04 * attempts) * (1 - mine)
        let gain = amount * kept - amount * amount * tape.volatility
        let cost = 0.0002 * tape.gas * (gas * (0.5 + attempts) + 0.6 * pools + gasMore)
        let isReverted = opportunity.slip.magnitude * tape.volatility > slippageMax
        let holding = point[11] == 1 ? 0 : 0.25 * inventory * tape.volatility
        return (isReverted ? 0 : (1 - missed) * gain) - cost - holding
    }

    /// Amount, fee for each unit of it, and more gas: own capital, a flash loan, or what is short by flash loan.
    private func funded(_ wanted: Double, _ inventory: Double) -> (Double, Double, Double) {
        let owned = 3 * inventory
        switch point[11] {
        case 0: return (min(wanted, owned), 0, 0)
        case 1: return (wanted, 0.009, 2)
        default: return (wanted, 0.009 * max(wanted - owned, 0) / wanted, 0.8)
        }
    }

    /// The share that is bid: steady, more for large ones, near the crowd, or near the last rival.
    private func bid(_ size: Double, _ crowd: Double, _ lastRival: Double) -> Double {
        let share = point[1]
        switch point[12] {
        case 0: return share
        case 1: return min(share + 0.15 * size / (1 + size), 0.98)
        case 2: return 0.4 * share + 0.6 * min(crowd + 0.06, 0.98)
        default: return 0.5 * share + 0.5 * min(max(lastRival + 0.03, 0.02), 0.98)
        }
    }
}
