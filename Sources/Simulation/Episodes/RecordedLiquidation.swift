import Units

/// One liquidation that happened, as the chain's event and the oracle's prices at that moment tell it.
///
/// Source: `aave_v2_liquidations`. Amounts stay text until the token's decimals are known, then become integers digit by digit.
struct RecordedLiquidation: Sendable {
    /// The line in the file.
    var line: Int
    var moment: Moment
    var user: String
    var collateral: String
    var debt: String
    var seizedText: String
    var repaidText: String
    /// Wei for one whole token, by the oracle; `nil` where the record has none.
    var debtPrice: UInt128?
    var collateralPrice: UInt128?
    /// The first number that cannot be read, if any.
    var unreadable: String?

    static let columns = [
        "unix_s", "pool", "user", "liquidator", "collateral", "debt", "collateral_amount", "debt_amount",
        "debt_price_eth", "debt_price_usd", "collateral_price_eth", "collateral_price_usd",
    ]
    static let native = "WETH"
    private static let second: Int64 = 1_000_000_000

    static func all(_ table: CSVTable) throws(SourceFault) -> [RecordedLiquidation] {
        var events: [RecordedLiquidation] = []
        var lastPrices: [String: UInt128] = [:]
        for row in 0..<table.rows {
            let event = try RecordedLiquidation(table, row)
            if let last = events.last, event.moment < last.moment { throw table.fault(.timeGoesBackwards, row, 0) }
            for (asset, price, column) in [
                (event.debt, event.debtPrice, 8), (event.collateral, event.collateralPrice, 10),
            ] {
                guard let price, price > 0 else { continue }
                if let last = lastPrices[asset], MinuteSeries.isJump(last, price) {
                    throw table.fault(.unitsChange, row, column)
                }
                lastPrices[asset] = price
            }
            events.append(event)
        }
        return events
    }

    private init(_ table: CSVTable, _ row: Int) throws(SourceFault) {
        line = table.line(of: row)
        moment = try table.moment(row, 0, tick: Self.second)
        user = table.text(row, 2)
        guard user.hasPrefix("0x"), user.utf8.count == 42 else { throw table.fault(.unknownWord, row, 2) }
        collateral = table.text(row, 4)
        debt = table.text(row, 5)
        seizedText = table.text(row, 6)
        repaidText = table.text(row, 7)
        unreadable = nil
        for text in [seizedText, repaidText] where DecimalText.units(text.utf8, decimals: 0) == nil {
            unreadable = unreadable ?? text
        }
        debtPrice = debt == Self.native ? Self.wei : nil
        collateralPrice = collateral == Self.native ? Self.wei : nil
        // The price of the native token is the unit itself: its column is blank, and whatever stood there would be ignored.
        if debt != Self.native { debtPrice = price(table.text(row, 8)) }
        if collateral != Self.native { collateralPrice = price(table.text(row, 10)) }
    }

    private mutating func price(_ text: String) -> UInt128? {
        guard !text.isEmpty else { return nil }
        let value = DecimalText.units(text.utf8, decimals: 18)
        if value == nil { unreadable = unreadable ?? text }
        return value
    }

    /// One ether.
    static let wei: UInt128 = 1_000_000_000_000_000_000
}
