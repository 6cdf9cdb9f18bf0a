import Units

/// What the venue's configuration said about a token.
///
/// Source: `aave_v2_reserve_parameters`, one row a token. The bonus is the total: 10 500 is 5 %.
struct ReserveParameters: Equatable, Sendable {
    var decimals: UInt8
    var bonus: BasisPoints
    var threshold: BasisPoints

    static let columns = [
        "symbol", "decimals", "reserveLiquidationBonus", "reserveLiquidationThreshold", "usageAsCollateralEnabled",
        "borrowingEnabled",
    ]

    /// Every token of the file by its symbol.
    static func all(_ table: CSVTable) throws(SourceFault) -> [String: ReserveParameters] {
        var known: [String: ReserveParameters] = [:]
        for row in 0..<table.rows {
            let decimals = try table.units(row, 1, decimals: 0)
            let bonus = try table.units(row, 2, decimals: 0)
            let threshold = try table.units(row, 3, decimals: 0)
            guard (1...36).contains(decimals) else { throw table.fault(.outOfRange, row, 1) }
            guard bonus == 0 || (10_000...20_000).contains(bonus) else { throw table.fault(.outOfRange, row, 2) }
            guard threshold <= 10_000 else { throw table.fault(.outOfRange, row, 3) }
            for column in 4...5 where !["True", "False"].contains(table.text(row, column)) {
                throw table.fault(.unknownWord, row, column)
            }
            // A bonus without a threshold cannot come about: nothing is collateral at a threshold of zero.
            known[table.text(row, 0)] = ReserveParameters(
                decimals: UInt8(decimals), bonus: BasisPoints(threshold == 0 ? 0 : UInt32(bonus)),
                threshold: BasisPoints(bonus == 0 ? 0 : UInt32(threshold)))
        }
        return known
    }
}
