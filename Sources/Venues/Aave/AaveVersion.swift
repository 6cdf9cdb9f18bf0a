/// The lines of Aave whose integers differ. A pool runs one of them; the feed's market definition says which.
public enum AaveVersion: String, CaseIterable, Comparable, Sendable {
    /// Aave v2: the close factor is a constant, the bonus is applied before the division.
    case v2 = "aave-2"
    /// 3.0 to 3.2: a close factor of 50 %, or 100 % at a health factor of 0.95 and below.
    case v3_0 = "aave-3.0"
    /// 3.3 and 3.4: the close factor is of the whole debt; dust must not be left.
    case v3_3 = "aave-3.3"
    /// Balances and debts round against the borrower, no averaging loss.
    case v3_5 = "aave-3.5"
    /// A collateral with a threshold of zero counts as a collateral worth nothing, where before it did not count.
    case v3_6 = "aave-3.6"
    /// 3.7: every rounding favours the protocol.
    case v3_7 = "aave-3.7"

    private var order: Int {
        switch self {
        case .v2: 0
        case .v3_0: 1
        case .v3_3: 2
        case .v3_5: 3
        case .v3_6: 4
        case .v3_7: 5
        }
    }

    public static func < (a: AaveVersion, b: AaveVersion) -> Bool { a.order < b.order }
}
