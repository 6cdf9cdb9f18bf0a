/// What became of the recorded liquidations, and what was assumed to make a market around them.
package struct ImportReport: Equatable, Sendable {
    /// Why a recorded liquidation could not be placed in the episode.
    package enum Reason: String, CaseIterable, Comparable, Sendable {
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

        package static func < (a: Reason, b: Reason) -> Bool { a.rawValue < b.rawValue }
    }

    /// Rows of the file.
    package var total = 0
    /// Rows that became an account.
    package var usable = 0
    /// Lines of the file, by why they are not usable.
    package var unusable: [Reason: [Int]] = [:]
    /// Usable rows whose gross bonus does not pay for `gasUnits` at the price in force, by line. They are in the episode.
    package var uneconomic: [Int] = []
    /// Usable rows whose account opens only with the prints that make it liquidatable, since it was below the edge just before.
    package var openedAtEvent = 0
    package var safeAccounts = 0
    /// What is not recorded and was chosen, one sentence each.
    package var assumptions: [String] = []

    package init() {}

    /// Gas that a liquidation is taken to need when its economy is judged.
    package static let gasUnits: UInt64 = 500_000
}
