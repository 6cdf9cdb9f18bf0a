package import Units

/// One expiry of options on an underlying. Its price is the forward; its volatility surface is streamed.
package struct ExpiryTerms: Equatable, Sendable {
    package var underlying: ReserveIndex
    package var expiry: Moment

    package init(underlying: ReserveIndex, expiry: Moment) {
        self.underlying = underlying
        self.expiry = expiry
    }
}

/// One option series.
package struct OptionTerms: Equatable, Sendable {
    package enum Kind: UInt8, Sendable { case call, put }

    /// The expiry instrument that it belongs to.
    package var expiry: ReserveIndex
    /// In the market's base units for one whole underlying.
    package var strike: Price
    package var kind: Kind

    package init(expiry: ReserveIndex, strike: Price, kind: Kind) {
        self.expiry = expiry
        self.strike = strike
        self.kind = kind
    }
}
