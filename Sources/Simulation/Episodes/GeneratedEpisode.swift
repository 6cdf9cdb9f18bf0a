import Domain
public import MarginEngine
import Units

/// A synthetic day, made from a recipe and a seed: nothing of it is recorded.
///
/// The same options give the same episode on every machine: randomness is `SeededGenerator`, and the only arithmetic on
/// fractions is + − · ÷, which IEEE 754 rounds alike everywhere. Base currency is ether, so that the price of WETH stands
/// still and what the accounts owe grows.
public enum GeneratedEpisode {
    public struct Options: Equatable, Sendable {
        public var seed: UInt64
        /// Accounts whose fate is open.
        public var accounts: Int
        /// Accounts that stay safe through the whole episode.
        public var safeAccounts: Int
        public var hours: Int
        public var recipe: EpisodeRecipe

        public init(
            seed: UInt64 = 1, accounts: Int = 600, safeAccounts: Int = 400, hours: Int = 6,
            recipe: EpisodeRecipe = .crash
        ) {
            self.seed = seed
            self.accounts = accounts
            self.safeAccounts = safeAccounts
            self.hours = hours
            self.recipe = recipe
        }

        public static let accountsMax = 1_000_000
        public static let hoursMax = 72
    }

    /// Midnight of the day it is shaped after; blocks begin at a round number.
    private static let start = Moment(nanoseconds: 1_610_323_200_000_000_000)
    private static let blockInterval = Interval.seconds(12)

    public static func make(_ options: Options = Options()) -> Episode {
        precondition((1...Options.hoursMax).contains(options.hours), "Condition: the hours are within their bound")
        precondition(
            (0...Options.accountsMax).contains(options.accounts)
                && (0...Options.accountsMax).contains(options.safeAccounts),
            "Condition: the numbers of accounts are within their bound")
        var random = SeededGenerator(seed: options.seed)
        let market = GeneratedMarket(options.recipe, start: start, minutes: options.hours * 60, &random)
        let reserves = DemoReserve.episodeReserves
        var events = market.events
        let open = OpenAccounts(reserves, startPrices: market.startPrices).accounts(options.accounts, &random)
        let safe = SafeAccounts(reserves, startPrices: market.startPrices, ranges: market.ranges)
            .accounts(options.safeAccounts, &random)
        events += (open + safe).map { TimedEvent(start, .account($0)) }
        return Episode(
            title: options.recipe.title(seed: options.seed), isSynthetic: true,
            marketName: "demo-lending", rulesName: "aave-2", closeFactor: BasisPoints(5_000),
            flashLoanFee: BasisPoints(9), cash: DemoReserve.cash, native: DemoReserve.native, reserves: reserves,
            start: start, end: start + .seconds(Int64(options.hours) * 3_600), blockInterval: blockInterval,
            firstBlock: BlockNumber(1_000_000), events: EpisodeOrder.sorted(events))
    }
}
