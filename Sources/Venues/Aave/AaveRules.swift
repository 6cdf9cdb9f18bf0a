import Domain
import Margin
public import Mechanisms
import Units

/// Aave's lending rules, by version: health factor, close factor, seizure, dust, to the unit.
///
/// Example: version 3.0, 1 WETH at 2 000.00000000 with a threshold of 82.5 % against 1 650 USDC at 1.00000000 is worth
/// exactly a health factor of 1.0, and is safe; one more unit of debt is not.
public struct AaveRules: FixedPenaltyRules {
    public let version: AaveVersion

    public init(_ version: AaveVersion) {
        self.version = version
    }

    /// The names by which a market definition asks for these rules, in the order of `all`.
    public static let names: [String] = AaveVersion.allCases.map(\.rawValue)
    public static let all: [AaveRules] = AaveVersion.allCases.map { AaveRules($0) }
}
