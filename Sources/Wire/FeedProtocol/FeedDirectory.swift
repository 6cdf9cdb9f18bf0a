public import Domain

/// The names behind the dense indices, and which of them were defined.
///
/// A market is known from its definition on. An asset may be named before it is defined (a market names its cash asset),
/// and has an index from then on, but nothing about it is believed until its own record came. One thread.
public struct FeedDirectory: Sendable {
    private var rules: NameTable
    private var streams: NameTable
    private var markets: NameTable
    private var reserves: NameTable
    private var accounts: NameTable
    private var tags: NameTable
    private var groups: NameTable
    private var tradingVenues: NameTable
    private var definedReserves: ContiguousArray<Bool> = []
    private var attestedMarkets: Set<MarketIndex> = []
    /// Who belonged to each efficiency mode by its last record: a record says all of them, and who left must be told.
    private var members: [EfficiencyKey: ContiguousArray<ReserveIndex>] = [:]

    private struct EfficiencyKey: Hashable { var market: MarketIndex, category: UInt8 }

    init(rules names: [String], excludedTags: [String], limits: FeedLimits) {
        precondition(names.count <= 255, "Condition: rules are numbered in a byte")
        rules = NameTable(namesMax: 256)
        streams = NameTable(namesMax: FeedLimits.streamsMax)
        markets = NameTable(namesMax: limits.marketsMax)
        reserves = NameTable(namesMax: limits.reservesMax)
        accounts = NameTable(namesMax: limits.accountsMax)
        tags = NameTable(namesMax: Segments.countMax)
        groups = NameTable(namesMax: limits.accountsMax)
        tradingVenues = NameTable(namesMax: FeedLimits.tradingVenuesMax)
        for tag in excludedTags { _ = tag.withBytes { bytes in tags.intern(bytes) } }
        for (position, name) in names.enumerated() {
            let index = name.withBytes { bytes in rules.intern(bytes) }
            precondition(index == position, "Condition: names of rules are distinct")
        }
    }

    public var accountCount: Int { accounts.count }
    /// Of every kind.
    var nameCount: Int {
        markets.count + reserves.count + accounts.count + streams.count + tags.count + groups.count + rules.count
    }
    public var marketCount: Int { markets.count }
    public var streamCount: Int { streams.count }

    public func name(of market: MarketIndex) -> String { markets.name(at: market.position) }
    public func name(of reserve: ReserveIndex) -> String { reserves.name(at: reserve.position) }
    public func name(of account: AccountIndex) -> String { accounts.name(at: account.position) }
    public func name(of rules: RulesIndex) -> String { self.rules.name(at: rules.position) }
    /// `<publisher>.<stream>`: the topic.
    public func name(of stream: StreamIndex) -> String { streams.name(at: stream.position) }
    public func name(of venue: TradingVenueIndex) -> String { tradingVenues.name(at: Int(venue.raw)) }
    public func market(of reserve: ReserveIndex) -> MarketIndex { MarketIndex(reserves.scope(at: reserve.position)) }
    public func market(of account: AccountIndex) -> MarketIndex { MarketIndex(accounts.scope(at: account.position)) }

    /// The names of a market's assets that were defined, in order of first mention.
    public func assets(of market: MarketIndex) -> [String] {
        definedReserves.indices.filter { definedReserves[$0] && reserves.scope(at: $0) == market.position }
            .map { reserves.name(at: $0) }
    }

    public func isDefined(_ reserve: ReserveIndex) -> Bool { definedReserves[reserve.position] }

    public func group(named name: String) -> GroupIndex? {
        name.withBytes { bytes in groups.find(bytes).map(GroupIndex.init) }
    }
    public func market(named name: String) -> MarketIndex? {
        name.withBytes { bytes in market(bytes) }
    }
    public func reserve(named name: String, in market: MarketIndex) -> ReserveIndex? {
        name.withBytes { bytes in reserves.find(bytes, scope: market.position).map(ReserveIndex.init) }
    }
    public func account(named name: String, in market: MarketIndex) -> AccountIndex? {
        name.withBytes { bytes in accounts.find(bytes, scope: market.position).map(AccountIndex.init) }
    }
}

// For the decoder. Names are bytes of the message and are copied only when new.
extension FeedDirectory {
    func rules(_ name: UnsafeRawBufferPointer) -> RulesIndex? { rules.find(name).map(RulesIndex.init) }

    func market(_ name: UnsafeRawBufferPointer) -> MarketIndex? { markets.find(name).map(MarketIndex.init) }

    func definedReserve(_ name: UnsafeRawBufferPointer, in market: MarketIndex) -> ReserveIndex? {
        guard let index = reserves.find(name, scope: market.position), definedReserves[index] else { return nil }
        return ReserveIndex(index)
    }

    mutating func internStream(_ topic: UnsafeRawBufferPointer) -> StreamIndex? {
        streams.intern(topic).map(StreamIndex.init)
    }

    mutating func internMarket(_ name: UnsafeRawBufferPointer) -> MarketIndex? {
        markets.intern(name).map(MarketIndex.init)
    }

    mutating func internReserve(_ name: UnsafeRawBufferPointer, in market: MarketIndex) -> ReserveIndex? {
        guard let index = reserves.intern(name, scope: market.position) else { return nil }
        if index == definedReserves.count { definedReserves.append(false) }
        return ReserveIndex(index)
    }

    mutating func define(_ reserve: ReserveIndex) { definedReserves[reserve.position] = true }

    /// `nil` for a seventeenth tag.
    mutating func internTag(_ name: UnsafeRawBufferPointer) -> Segments? { tags.intern(name).map(Segments.tag) }

    mutating func internGroup(_ name: UnsafeRawBufferPointer) -> GroupIndex? {
        groups.intern(name).map(GroupIndex.init)
    }

    mutating func internTradingVenue(_ name: UnsafeRawBufferPointer) -> TradingVenueIndex? {
        tradingVenues.intern(name).map(TradingVenueIndex.init)
    }

    /// Remembers a mode's members. Returns those that it had and has no more.
    mutating func replaceMembers(
        of market: MarketIndex, category: UInt8, with listed: ContiguousArray<ReserveIndex>
    ) -> ContiguousArray<ReserveIndex> {
        let before = members.updateValue(listed, forKey: EfficiencyKey(market: market, category: category)) ?? []
        return before.filter { !listed.contains($0) }
    }

    mutating func setAttested(_ market: MarketIndex, _ isAttested: Bool) {
        if isAttested { attestedMarkets.insert(market) } else { attestedMarkets.remove(market) }
    }

    func isAttested(_ market: MarketIndex) -> Bool { attestedMarkets.contains(market) }

    mutating func internAccount(_ name: UnsafeRawBufferPointer, in market: MarketIndex) -> AccountIndex? {
        accounts.intern(name, scope: market.position).map(AccountIndex.init)
    }
}

extension String {
    fileprivate func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        var copy = self
        return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}
