public import Units

/// A place where assets are traded, by its name; at most 255 in a run.
public struct TradingVenueIndex: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var raw: UInt8

    @inlinable public init(_ raw: UInt8) { self.raw = raw }
    @inlinable public init(_ position: Int) { raw = UInt8(position) }
    @inlinable public static func < (a: TradingVenueIndex, b: TradingVenueIndex) -> Bool { a.raw < b.raw }
}

/// What one venue trades of an asset against another, stated whole: a later statement replaces an earlier one.
///
/// Like an account's state it spans several inputs: this head, then as many rows as it says; it takes effect with the last.
public struct DepthUpdate: Equatable, Sendable {
    public enum Form: Equatable, Sendable {
        /// The venue trades the pair no more.
        case none
        /// Constant product.
        case pool(asset: TokenAmount, against: TokenAmount, fee: BasisPoints)
        /// Constant product between ticks, which follow as rows.
        case concentrated(ConcentratedForm)
        /// Resting orders, which follow as rows; the taker's fee is in parts per million of the cash.
        case book(feePips: UInt32)
    }

    public var asset: ReserveIndex
    public var against: ReserveIndex
    public var venue: TradingVenueIndex
    public var form: Form
    public var rows: UInt16

    public init(
        asset: ReserveIndex, against: ReserveIndex, venue: TradingVenueIndex, form: Form, rows: UInt16 = 0
    ) {
        self.asset = asset
        self.against = against
        self.venue = venue
        self.form = form
        self.rows = rows
    }

    /// The most ticks of a pool, and the most levels on one side of a book.
    public static let ticksMax = 512
    public static let levelsMax = 256
}

/// Where a concentrated pool stands, in the numbers of its contract.
public struct ConcentratedForm: Equatable, Sendable {
    /// √ of token 1 for one token 0, with 96 fractional bits.
    public var rootPrice: UInt256
    public var tick: Int32
    /// In range now: the sum of what the ticks at or below have added.
    public var liquidity: UInt128
    public var feePips: UInt32
    public var spacing: Int32
    public var assetIsToken0: Bool

    public init(
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
public enum DepthRow: Equatable, Sendable {
    /// Where liquidity begins or ends: added when the price passes upwards.
    case tick(Int32, net: Int128)
    /// A price, in the other asset's smallest units for one whole asset, and what rests at it. Best first.
    case bid(price: UInt128, size: TokenAmount)
    case ask(price: UInt128, size: TokenAmount)
}
