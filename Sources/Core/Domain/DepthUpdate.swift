package import Units

/// A place where assets are traded, by its name; at most 255 in a run.
package struct TradingVenueIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    package var raw: UInt8

    @inlinable package init(_ raw: UInt8) { self.raw = raw }
    @inlinable package init(_ position: Int) { raw = UInt8(position) }
    @inlinable package static func < (a: TradingVenueIndex, b: TradingVenueIndex) -> Bool { a.raw < b.raw }
}

/// What one venue trades of an asset against another, stated whole: a later statement replaces an earlier one.
///
/// Like an account's state it spans several inputs: this head, then as many rows as it says; it takes effect with the last.
package struct DepthUpdate: Equatable, Sendable {
    package enum Form: Equatable, Sendable {
        /// The venue trades the pair no more.
        case none
        /// Constant product.
        case pool(asset: TokenAmount, against: TokenAmount, fee: BasisPoints)
        /// Constant product between ticks, which follow as rows.
        case concentrated(ConcentratedForm)
        /// Resting orders, which follow as rows; the taker's fee is in parts per million of the cash.
        case book(feePips: UInt32)
    }

    package var asset: ReserveIndex
    package var against: ReserveIndex
    package var venue: TradingVenueIndex
    package var form: Form
    package var rows: UInt16

    package init(
        asset: ReserveIndex, against: ReserveIndex, venue: TradingVenueIndex, form: Form, rows: UInt16 = 0
    ) {
        self.asset = asset
        self.against = against
        self.venue = venue
        self.form = form
        self.rows = rows
    }

    /// The most ticks of a pool, and the most levels on one side of a book.
    package static let ticksMax = 512
    package static let levelsMax = 256
}

/// Where a concentrated pool stands, in the numbers of its contract.
package struct ConcentratedForm: Equatable, Sendable {
    /// √ of token 1 for one token 0, with 96 fractional bits.
    package var rootPrice: UInt256
    package var tick: Int32
    /// In range now: the sum of what the ticks at or below have added.
    package var liquidity: UInt128
    package var feePips: UInt32
    package var spacing: Int32
    package var assetIsToken0: Bool

    package init(
        rootPrice: UInt256, tick: Int32, liquidity: UInt128, feePips: UInt32, spacing: Int32, assetIsToken0: Bool
    ) {
        self.rootPrice = rootPrice
        self.tick = tick
        self.liquidity = liquidity
        self.feePips = feePips
        self.spacing = spacing
        self.assetIsToken0 = assetIsToken0
    }
}

/// One row of a statement of depth.
package enum DepthRow: Equatable, Sendable {
    /// Where liquidity begins or ends: added when the price passes upwards.
    case tick(Int32, net: Int128)
    /// A price, in the other asset's smallest units for one whole asset, and what rests at it. Best first.
    case bid(price: UInt128, size: TokenAmount)
    case ask(price: UInt128, size: TokenAmount)
}
