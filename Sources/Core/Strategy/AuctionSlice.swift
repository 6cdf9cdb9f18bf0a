public import Units

/// How much of an auction's lot to take at once, when what is taken must be sold into limited depth.
///
/// Example: a lot of 100, of which less than 10 must not be left (Maker's `chost`, in lot units): 91 to 99 cannot be taken.
/// Depth is supposed to recover between takes and the price to stay: then even slices are best, since the margin is concave,
/// and no slice is larger than the one that earns most by itself.
public struct AuctionSlice: Equatable, Sendable {
    public var lot: TokenAmount
    /// A remainder below this and above nothing is refused.
    public var remainderLeast: TokenAmount
    /// How often the lot can still be taken from before the auction ends or others take it.
    public var takesLeft: UInt32

    public init(lot: TokenAmount, remainderLeast: TokenAmount, takesLeft: UInt32) {
        precondition(takesLeft > 0, "Condition: at least this take is left")
        self.lot = lot
        self.remainderLeast = remainderLeast
        self.takesLeft = takesLeft
    }

    /// The slice to take now; `nil` when none can be taken.
    public func best(_ margin: (TokenAmount) -> Cash?) -> SizedMargin? {
        guard lot > 0 else { return nil }
        // An even share, rounded up; a lot that may not be left in part is taken whole.
        let even = lot <= remainderLeast ? lot : 1 + (lot - 1) / TokenAmount(takesLeft)
        return SizeSearch.best(within: SizeLimits(most: even, forbidden: refused), margin)
    }

    private var refused: ClosedRange<TokenAmount>? {
        guard remainderLeast > 1, lot > 1 else { return nil }
        return (lot > remainderLeast ? lot - remainderLeast + 1 : 1)...(lot - 1)
    }
}
