import Domain
public import Margin
import Units

/// Opyn Gamma's partially collateralised vaults (`MarginCalculator`, `mechanics.md` 8.5), in the contract's 27 decimals.
///
/// An account is a vault: one leg of a short series (side debt), one of collateral, the cash asset for puts and the
/// underlying for calls. `traits.category` is the vault's type; only type 1 can be liquidated. A series' numbers stand at it:
/// `spot_shock`, and its upper bounds as tiers, each from the time to expiry (`floor`, seconds) up to which it is used.
/// The strike asset is the cash asset.
public struct OpynRules: MarginRules {
    public init() {}

    public static let names = ["opyn-vault"]
    public static let all = [OpynRules()]
    /// `VaultType` of a vault that may hold less than its whole obligation.
    public static let partial: UInt8 = 1
}
