public import Units

/// One expiry of options on an underlying. Its price is the forward; its volatility surface is streamed.
public struct ExpiryTerms: Equatable, Sendable {
    public var underlying: ReserveIndex
    public var expiry: Moment

    public init(underlying: ReserveIndex, expiry: Moment) {
        self.underlying = underlying
        self.expiry = expiry
    }
}

/// One option series.
public struct OptionTerms: Equatable, Sendable {
    public enum Kind: UInt8, Sendable { case call, put }

    /// The expiry instrument that it belongs to.
    public var expiry: ReserveIndex
    /// In the market's base units for one whole underlying.
    public var strike: Price
    public var kind: Kind

    public init(expiry: ReserveIndex, strike: Price, kind: Kind) {
        self.expiry = expiry
        self.strike = strike
        self.kind = kind
    }
}
