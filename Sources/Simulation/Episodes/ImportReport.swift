/// What became of the recorded liquidations, and what was assumed to make a market around them.
public struct ImportReport: Equatable, Sendable {
    /// Why a recorded liquidation could not be placed in the episode.
    public enum Reason: String, CaseIterable, Comparable, Sendable {
        case notANumber
        case unknownToken
        /// The token is no collateral by the parameter file.
        case notCollateral
        case priceMissing
        case amountZero
        /// What was seized for what was repaid contradicts the recorded prices or the bonus of the parameter file.
        case bonusMismatch
        /// Another usable row gives the same token another price at the same moment.
        case conflictingPrint
        /// No account with these amounts crosses at these prices.
        case notDerivable

        public static func < (a: Reason, b: Reason) -> Bool { a.rawValue < b.rawValue }
    }

    /// Rows of the file.
    public var total = 0
    /// Rows that became an account.
    public var usable = 0
    /// Lines of the file, by why they are not usable.
    public var unusable: [Reason: [Int]] = [:]
    /// Usable rows whose gross bonus does not pay for `gasUnits` at the price in force, by line. They are in the episode.
    public var uneconomic: [Int] = []
    /// Usable rows whose account opens only with the prints that make it liquidatable, since it was below the edge just before.
    public var openedAtEvent = 0
    public var safeAccounts = 0
    /// What is not recorded and was chosen, one sentence each.
    public var assumptions: [String] = []

    public init() {}

    /// Gas that a liquidation is taken to need when its economy is judged.
    public static let gasUnits: UInt64 = 500_000
}
