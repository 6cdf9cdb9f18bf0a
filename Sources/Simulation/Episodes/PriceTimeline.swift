import Domain
import Units

/// The price of every reserve at every moment at which any of them changes: what the oracle says in the episode.
///
/// Three kinds of column: the native token is the unit; a dollar token follows the minute series, but for its own recorded
/// prints, each until the next minute; any other token steps from print to print, its first print from the start.
/// Invariant: `moments` ascend without repetition; every column has a price for each of them.
struct PriceTimeline: Sendable {
    struct Print: Sendable {
        var moment: Moment
        var asset: String
        var price: UInt128
    }

    let moments: [Moment]
    /// By reserve, then by moment: wei for one whole token.
    let columns: [[UInt128]]

    /// Tokens that promise a dollar.
    static let dollarTokens: Set<String> = [
        "USDC", "USDT", "DAI", "GUSD", "BUSD", "TUSD", "SUSD", "PAX", "FRAX", "FEI",
    ]

    /// `prints` ascend in time, lie within the minute series, and cover each token that is neither native nor a dollar.
    init(minutes: MinuteSeries, prints: [Print], assets: [String]) {
        let ticks = minutes.rows
        let moments = Array(Set(ticks.map(\.moment) + prints.map(\.moment))).sorted()
        columns = assets.map { asset in
            let own = prints.filter { $0.asset == asset }
            if asset == RecordedLiquidation.native {
                return [UInt128](repeating: RecordedLiquidation.wei, count: moments.count)
            }
            return Self.column(moments, Self.dollarTokens.contains(asset) ? ticks : [], own)
        }
        self.moments = moments
    }

    /// One column: at each moment the tick's price if one is due, then the token's own print if one is due, else as before.
    private static func column(_ moments: [Moment], _ ticks: [MinuteSeries.Row], _ prints: [Print]) -> [UInt128] {
        var current = ticks.first.map { Self.tokenPrice(dollars: $0.dollars) } ?? prints.first?.price ?? 0
        precondition(current > 0, "Condition: a token has a tick or a print")
        var tick = 0
        var print = 0
        return moments.map { moment in
            while tick < ticks.count, ticks[tick].moment <= moment {
                current = Self.tokenPrice(dollars: ticks[tick].dollars)
                tick += 1
            }
            while print < prints.count, prints[print].moment <= moment {
                current = prints[print].price
                print += 1
            }
            return current
        }
    }

    /// Wei for one dollar when an ether costs so many, both with 18 decimals; rounded down.
    private static func tokenPrice(dollars: UInt128) -> UInt128 {
        RecordedLiquidation.wei * RecordedLiquidation.wei / dollars
    }

    func price(_ reserve: ReserveIndex, _ index: Int) -> Price { Price(baseUnits: columns[reserve.position][index]) }

    /// The position of a moment that is in the timeline.
    func index(of moment: Moment) -> Int {
        guard let index = Sorted.lastIndex(of: moments, notAfter: moment, { $0 }), moments[index] == moment else {
            preconditionFailure("Condition: the moment is in the timeline")
        }
        return index
    }

    /// The lowest and the highest price of a reserve over the whole episode.
    func range(_ reserve: ReserveIndex) -> ClosedRange<UInt128> {
        let column = columns[reserve.position]
        guard let low = column.min(), let high = column.max() else {
            preconditionFailure("Invariant: a column is not empty")
        }
        return low...high
    }
}
