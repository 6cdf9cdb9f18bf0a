/// The bounds of the feed contract.
///
/// Everything a publisher can make us hold has one.
public struct FeedLimits: Sendable {
    public var bodyBytesMax = FeedLimits.bodyBytesMax
    public var recordsMax = FeedLimits.recordsMax
    public var marketsMax = FeedLimits.marketsMax
    public var reservesMax = FeedLimits.reservesMax
    public var accountsMax = FeedLimits.accountsMax

    public init() {}

    public static let topicBytesMax = 32
    public static let nameBytesMax = 64
    public static let bodyBytesMax = 256 * 1024
    public static let recordsMax = 4_096
    /// The smallest token with its comma takes two bytes, but what fills a body in earnest takes eight or more.
    public static let tokensMax = 65_536
    /// Envelope, records, record, positions, position: five levels; the rest is room for fields that come later.
    public static let depthMax = 16
    /// A set of streams is one word.
    public static let streamsMax = 64
    public static let marketsMax = 256
    public static let reservesMax = 4_096
    public static let accountsMax = 1 << 24
    /// Names of places where assets are traded; numbered in a byte.
    public static let tradingVenuesMax = 255
    /// A root of a price has 160 bits: 49 digits at most.
    static let rootDigitsMax = 49
    /// A 128-bit number has 39 digits at most.
    public static let digitsMax = 39
    /// Amounts stay below 2^127, so that they can be taken as signed money without a check.
    public static let amountMax = UInt128(Int128.max)
    /// A hundred times a whole, in billionths: no volatility, skew or rate is larger.
    static let volatilityMax: UInt64 = 100_000_000_000
    /// A signature takes 128 digits; a proof in zero knowledge may take thousands.
    static let proofDigitsMax = 65_536
    /// A spacing of ticks in a pool of Uniswap v3 has 24 bits with its sign; its factory takes less than 16 384.
    static let spacingMax: UInt128 = 16_383
    static let rampSecondsMax: UInt64 = 1 << 32
    public static let indexMax: UInt128 = 1_000_000_000_000_000_000_000_000_000_000_000_000
}
