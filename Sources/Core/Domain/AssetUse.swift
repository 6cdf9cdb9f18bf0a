public import Units

/// What becomes of an asset that is seized: what it is counted for in a bid.
public enum AssetUse: Equatable, Sendable {
    /// Sold in its reserve's own pool.
    case pool
    /// Sold in the depth that is streamed of it, split over venues; in its own pool while nothing is streamed.
    case depth
    /// Kept, at the oracle's price less a haircut.
    case keep(Keeping)

    /// Example: at most 100 WETH in all, 40 of which are there already, each counted one per cent less than the oracle says.
    public struct Keeping: Equatable, Sendable {
        public var haircut: BasisPoints
        /// What is held may never be more, open bids included.
        public var heldMax: TokenAmount
        /// What is held when the bot starts.
        public var held: TokenAmount

        public init(haircut: BasisPoints, heldMax: TokenAmount, held: TokenAmount = 0) {
            self.haircut = haircut
            self.heldMax = heldMax
            self.held = held
        }
    }
}
