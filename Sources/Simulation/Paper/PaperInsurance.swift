public import Domain
public import Units

/// The money set aside against bad debt, and what became of the bad debt: paid by the fund, or lost by suppliers.
///
/// The fund begins with `insurance_opening` of each market's cash and takes `insurance_share` of every liquidation's protocol fee
/// in kind. For a loss it gives what it has of that asset, then buys the rest with its cash at the oracle's price, rounded up
/// against the fund. What it cannot cover is spread over the asset's suppliers by what they have in it. Other assets of the fund
/// are kept: nothing is sold into a falling market.
///
/// A supplier's loss is booked here and does not lower the balance that his own margin is worked out from, as Aave's `deficit`
/// does not lower the index. Amounts are in an asset's smallest units, modulo 2^128 only where `PaperBooks` is.
public struct PaperInsurance: Equatable, Sendable {
    public struct Asset: Equatable, Sendable {
        public var balance: UInt128 = 0
        /// Given for bad debt, of this asset.
        public var drawn: UInt128 = 0
        /// Lost by suppliers that the tape does not show.
        public var unseenLoss: UInt128 = 0
        /// Lost by suppliers of the tape, by account.
        public var losses: [UInt32: UInt128] = [:]

        /// All that suppliers lost of this asset.
        public var socialised: UInt128 { losses.values.reduce(unseenLoss, &+) }
    }

    private var assets: ContiguousArray<Asset> = []
    /// Of all markets, in cash at the oracle's prices of then: with `socialised` it is the bad debt, to the unit.
    public internal(set) var drawn = Cash.zero
    public internal(set) var socialised = Cash.zero
    /// What the fund began with, in cash.
    public internal(set) var opening = Cash.zero
    /// The fund's part of protocol fees, in cash at the oracle's prices of then, rounded up.
    public internal(set) var income = Cash.zero

    public subscript(reserve: ReserveIndex) -> Asset {
        get { reserve.position < assets.count ? assets[reserve.position] : Asset() }
        set {
            while assets.count <= reserve.position { assets.append(Asset()) }
            assets[reserve.position] = newValue
        }
    }

    /// Accounts of the tape that lost something, in any asset.
    public var accountsHit: Int {
        assets.reduce(into: Set<UInt32>()) { $0.formUnion($1.losses.keys) }.count
    }
}
