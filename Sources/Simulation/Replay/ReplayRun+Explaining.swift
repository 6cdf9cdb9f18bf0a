public import Domain
public import Engine
import FeedProtocol
import Margin
public import Units

/// What an account looked like to the engine at the point up to which a tape was played.
extension ReplayRun {
    /// Where the account of that name is found, market by market.
    public func accounts(named name: String) -> [(account: AccountIndex, market: String)] {
        (0..<decoder.directory.marketCount).compactMap { position in
            let market = MarketIndex(position)
            return decoder.directory.account(named: name, in: market).map {
                ($0, decoder.directory.name(of: market))
            }
        }
    }

    public mutating func explain(_ account: AccountIndex) -> Explanation? { engine.explain(account) }

    /// An asset as the engine has it: price at 10^8 a unit of account, when it was told, and by whom.
    public func priced(_ reserve: ReserveIndex) -> (price: Price?, at: Moment?, by: [String]) {
        (
            engine.reserves.price(of: reserve), engine.pricedAt(reserve),
            engine.streams(pricing: reserve).map { decoder.directory.name(of: $0) }
        )
    }

    /// How far the filter puts the account from its edge, in typical moves of its prices; `nil` where it is not watched.
    public func distance(of account: AccountIndex) -> Double? { engine.index.distance(of: account) }
}
