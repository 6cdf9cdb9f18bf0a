/// The bounds of the feed contract.
///
/// Everything a publisher can make us hold has one.
package struct FeedLimits: Sendable {
    package var bodyBytesMax = FeedLimits.bodyBytesMax
    package var recordsMax = FeedLimits.recordsMax
    package var marketsMax = FeedLimits.marketsMax
    package var reservesMax = FeedLimits.reservesMax
    package var accountsMax = FeedLimits.accountsMax

    package init() {}

    package static let topicBytesMax = 32
    package static let nameBytesMax = 64
    package static let bodyBytesMax = 256 * 1024
    package static let recordsMax = 4_096
    /// The smallest token with its comma takes two bytes, but what fills a body in earnest takes eight or more.
    package static let tokensMax = 65_536
    /// Envelope, records, record, positions, position: five levels; the rest is room for fields that come later.
    package static let depthMax = 16
    /// A set of streams is one word.
    package static let streamsMax = 64
    package static let marketsMax = 256
    package static let reservesMax = 4_096
    package static let accountsMax = 1 << 24
    /// Names of places where assets are traded; numbered in a byte.
    package static let tradingVenuesMax = 255
    /// A root of a price has 160 bits: 49 digits at most.
    static let rootDigitsMax = 49
    /// A 128-bit number has 39 digits at most.
    package static let digitsMax = 39
    /// Amounts stay below 2^127, so that they can be taken as signed money without a check.
    package static let amountMax = UInt128(Int128.max)
    /// A hundred times a whole, in billionths: no volatility, skew or rate is larger.
    static let volatilityMax: UInt64 = 100_000_000_000
    /// A signature takes 128 digits; a proof in zero knowledge may take thousands.
    static let proofDigitsMax = 65_536
    /// A spacing of ticks in a pool of Uniswap v3 has 24 bits with its sign; its factory takes less than 16 384.
    static let spacingMax: UInt128 = 16_383
    static let rampSecondsMax: UInt64 = 1 << 32
    package static let indexMax: UInt128 = 1_000_000_000_000_000_000_000_000_000_000_000_000
}
