public import Units

/// The price of one ether in dollars, minute by minute: the middle of the mean bid and the mean ask.
///
/// Source: `ethusdt_perp_1m_bidask_liquidations`. Invariant: strictly forward in time, no hole above `gapMax`, ask not below bid,
/// no jump above `jumpMax` times.
public struct MinuteSeries: Sendable {
    public struct Row: Equatable, Sendable {
        public var moment: Moment
        /// Dollars for one ether, with 18 decimals.
        public var dollars: UInt128
    }

    public let rows: [Row]

    public static let columns = ["unix_us", "ask_mean", "bid_mean", "liq_long_eth", "liq_short_eth"]
    public static let gapMax = Interval.seconds(300)
    static let jumpMax: UInt128 = 100
    private static let microsecond: Int64 = 1_000

    public init(path: String) throws(SourceFault) {
        try self.init(CSVTable(path: path, columns: Self.columns))
    }

    init(_ table: CSVTable) throws(SourceFault) {
        var rows: [Row] = []
        rows.reserveCapacity(table.rows)
        for row in 0..<table.rows {
            let moment = try table.moment(row, 0, tick: Self.microsecond)
            let ask = try table.units(row, 1, decimals: 18)
            let bid = try table.units(row, 2, decimals: 18)
            // Not used, and still read: a column that slipped shows here.
            for column in 3...4 { _ = try table.units(row, column, decimals: 0) }
            guard bid > 0 else { throw table.fault(.outOfRange, row, 2) }
            guard ask >= bid else { throw table.fault(.askBelowBid, row, 1) }
            let dollars = bid + (ask - bid) / 2
            if let last = rows.last {
                guard moment > last.moment else { throw table.fault(.timeGoesBackwards, row, 0) }
                guard !(moment - last.moment > Self.gapMax) else { throw table.fault(.gap, row, 0) }
                guard !Self.isJump(last.dollars, dollars) else { throw table.fault(.unitsChange, row, 1) }
            }
            rows.append(Row(moment: moment, dollars: dollars))
        }
        self.rows = rows
    }

    /// Whether one is more than a hundred times the other.
    static func isJump(_ a: UInt128, _ b: UInt128) -> Bool { a / jumpMax > b || b / jumpMax > a }
}
