public import Units

/// What ether cost in dollars, where recordings tell it: amounts in ether beside amounts in dollars need it.
public struct EtherPrices: Sendable {
    private var prices: [(at: Moment, dollars: Double)] = []
    private var isSorted = true

    /// A price counts for so long before and after.
    public static let reach = Interval.seconds(14 * 86_400)

    /// Where it stands in which recording.
    static let columns = [
        "gmx_v2_arbitrum_eth_1m": "indexPrice", "aave_v2_oracle_stable_eth_prints": "eth_usd_implied",
        "ethusdt_perp_1m_bidask_liquidations": "bid_mean",
    ]

    public init() {}

    mutating func add(_ dollars: Double, at moment: Moment) {
        if let last = prices.last, moment < last.at { isSorted = false }
        prices.append((moment, dollars))
    }

    mutating func sort() {
        if !isSorted { prices.sort { $0.at < $1.at } }
        isSorted = true
    }

    /// The nearest one in time; `nil` when it is too far away.
    func price(at moment: Moment) -> Double? {
        precondition(isSorted, "Condition: prices are in order of time")
        var (low, high) = (0, prices.count)
        while low < high {
            let middle = (low + high) / 2
            if prices[middle].at < moment { low = middle + 1 } else { high = middle }
        }
        let near = [low - 1, low].filter { prices.indices.contains($0) }
        func distance(_ i: Int) -> Int64 { abs((prices[i].at - moment).nanoseconds) }
        guard let best = near.min(by: { distance($0) < distance($1) }), distance(best) <= Self.reach.nanoseconds
        else { return nil }
        return prices[best].dollars
    }
}
