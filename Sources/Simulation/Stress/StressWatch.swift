import Margin
import Units

/// Spares looking at accounts that cannot have become liquidatable.
///
/// Everybody owes cash and nothing else, so what an account's collateral counts for falls at most as far as the price that fell most.
/// An account with a health of 1.2 is looked at again when a price has fallen by a sixth, or when it has changed. A margin of 500
/// parts per million is far above all rounding; a full scan gives the same accounts (tested).
struct StressWatch {
    private struct Row {
        var account: StressAccount
        var prices: [UInt128]
        /// In millionths, rounded down.
        var health: UInt128
    }

    private var rows: [Row?] = []
    private static let whole: UInt128 = 1_000_000
    private static let margin: UInt128 = 500

    mutating func isLiquidatable(_ position: Int, _ account: StressAccount, _ judge: StressJudge) -> Bool {
        guard account.debt > 0 else { return false }
        while rows.count <= position { rows.append(nil) }
        if let row = rows[position], row.account == account, isSafe(row, judge) { return false }
        rows[position] = nil
        guard let health = judge.health(account) else { return false }
        if health.isLiquidatable { return true }
        rows[position] = Row(
            account: account, prices: StressAsset.allCases.map { judge.price($0) },
            health: judge.coverage(of: account, health))
        return false
    }

    private func isSafe(_ row: Row, _ judge: StressJudge) -> Bool {
        StressAsset.allCases.allSatisfy { asset in
            row.account.held[asset.rawValue] == 0
                || judge.price(asset) * row.health >= row.prices[asset.rawValue] * (Self.whole + Self.margin)
        }
    }
}
