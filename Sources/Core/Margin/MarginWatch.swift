public import Domain
import Units

/// Every account of every market under its venue's rules: what is held, what it is worth, and who is near the edge.
///
/// Each change of the world is one call; after it, `index.touched` holds whoever may have changed sides, for the caller to
/// judge with `health` and to clear. The engine and the simulated venue both stand on this.
///
/// Thread rule: confined to one thread, with its owner.
public struct MarginWatch: ~Copyable {
    public internal(set) var reserves = ReserveTable()
    public internal(set) var holdings = HoldingBook()
    public internal(set) var index: RiskIndex
    var rules: ContiguousArray<(any MarginRules)?> = []
    var tickers: ContiguousArray<Ticker> = []
    /// Reused for every account, so that making a form allocates nothing.
    var form = AccountForm()
    var sideForm = SideForm()
    var followed = FollowedAccounts()
    /// Accounts that are followed by their linear forms.
    var formless = Column<UInt32>()

    /// A price this many times above or below where its scale was set gets a new scale; linear forms count on it.
    public static let scaleDrift = 4.0

    public init(_ settings: RiskSettings = RiskSettings()) {
        index = RiskIndex(settings: settings)
    }

    /// Makes room for so many accounts at once.
    public mutating func reserve(accounts: Int) {
        index.reserve(accounts: accounts)
        holdings.reserve(accounts: accounts, legs: accounts * RiskIndex.legsExpected)
    }

    /// Makes a market known. Other rules than before weigh everybody in it anew.
    public mutating func define(_ market: MarketIndex, cash: ReserveIndex, rules: any MarginRules) {
        while self.rules.count <= market.position { self.rules.append(nil) }
        self.rules[market.position] = rules
        reserves.define(market, cash: cash)
        for reserve in (0..<reserves.count).map({ ReserveIndex($0) }) where reserves.row(reserve)?.market == market {
            anchor(reserve, everybody: true)
        }
    }

    public func rules(of market: MarketIndex) -> (any MarginRules)? {
        market.position < rules.count ? rules[market.position] : nil
    }

    /// Whether anything has been defined under this index.
    public func isDefined(_ reserve: ReserveIndex) -> Bool {
        reserve.position < tickers.count && tickers[reserve.position].isDefined
    }

    /// The account as the venue judges it; `nil` when a price is missing, or its arithmetic would overflow.
    public func health(of account: AccountIndex) -> AccountHealth? {
        guard let market = holdings.market(of: account), let rules = rules(of: market) else { return nil }
        let legs = holdings.legs(of: account)
        return holdings.factors.withSpan(legs) { factors in
            holdings.amounts.withSpan(legs) { amounts in
                rules.health(factors: factors, amounts: amounts, traits: holdings.traits(of: account), in: reserves)
            }
        }
    }

    /// Whether the exact rules, asked now, would let the account be liquidated. What the index proves safe is not asked.
    public func isLiquidatable(_ account: AccountIndex) -> Bool {
        let zone = index.book.zone(of: account)
        return zone == .cold || zone == .absent ? false : health(of: account)?.isLiquidatable ?? false
    }

    public mutating func clearTouched() { index.clearTouched() }
    public mutating func sortTouched() { index.sortTouched() }

    /// Called when there is time: see `RiskIndex.rebalance`.
    public mutating func rebalance(budget: Int) -> Bool {
        defer { renewStale() }
        return index.rebalance(budget: budget)
    }

    public var residentBytes: Int { index.residentBytes + holdings.residentBytes }
}
