package import Units

/// What becomes of an asset that is seized: what it is counted for in a bid.
package enum AssetUse: Equatable, Sendable {
    /// Sold in its reserve's own pool.
    case pool
    /// Sold in the depth that is streamed of it, split over venues; in its own pool while nothing is streamed.
    case depth
    /// Kept, at the oracle's price less a haircut.
    case keep(Keeping)

    /// Example: at most 100 WETH in all, 40 of which are there already, each counted one per cent less than the oracle says.
    package struct Keeping: Equatable, Sendable {
        package var haircut: BasisPoints
        /// What is held may never be more, open bids included.
        package var heldMax: TokenAmount
        /// What is held when the bot starts.
        package var held: TokenAmount

        package init(haircut: BasisPoints, heldMax: TokenAmount, held: TokenAmount = 0) {
            self.haircut = haircut
            self.heldMax = heldMax
            self.held = held
        }
    }
}
