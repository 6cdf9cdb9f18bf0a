public import Domain
public import Forecast
import Limits
import Liquidity
public import Margin
import Mechanisms
public import Opportunities
public import Strategy
public import Units
public import Winning

/// The bot's one decision maker: inputs in, outputs out, nothing else. The same step runs live, in paper and in replay.
///
/// Same settings, same inputs: the same outputs, in the same order. There is no clock, no randomness and no I/O in here.
///
/// Thread rule: created on one thread, used there, destroyed there.
public struct Engine: ~Copyable {
    public internal(set) var counters = EngineCounters()
    public internal(set) var watch: MarginWatch
    let settings: EngineSettings
    var markets: ContiguousArray<MarketState?> = []
    var accounts = AccountColumns()
    var groups = GroupBook()
    /// By reserve; empty while no market has one.
    var volatileThresholds: ContiguousArray<VolatileThreshold?> = []
    var capital: CapitalLedger
    var isArmed = false
    /// A bit for each stream that is whole.
    var wholeStreams: UInt64 = 0
    var assembly = Assembly()
    /// Liquidatable accounts that may be worth another look.
    var candidates = Column<AccountIndex>()
    var nextCandidate = 0
    /// Intents by ordinal: whose they are.
    var open: ContiguousArray<OpenIntent> = []
    var nextOrdinal: UInt64 = 0
    /// By stream: counts its snapshots. Snapshots of several streams may come in between each other.
    private var generations = InlineArray<64, UInt8>(repeating: 0)
    /// What this step would do, before it is decided what of it is done.
    var proposals: ContiguousArray<Proposal> = []
    /// Questions that a model has not yet answered.
    var asked: ContiguousArray<OpenQuestion> = []
    var nextQuestion: UInt64 = 0
    var trading: TradingGuard
    public internal(set) var opportunities = OpportunityLedger()
    var priceAge = PriceAge()
    /// Gas of the bids decided since the last block.
    var gasSinceBlock = GasUnits(0)
    var depths = DepthBook()
    /// By market.
    var gasUse: ContiguousArray<LearnedGas> = []
    /// What bids by tip have come to; `nil` where the strategy goes by something else.
    public internal(set) var winning: WinRecord?
    /// By reserve: the streams that have priced it, a bit each.
    var pricingStreams: ContiguousArray<UInt64> = []
    var ceilings = MarginCeilings()
    /// When the input now being worked on was received.
    var now = Moment.start

    struct OpenIntent {
        var ordinal: UInt64
        var account: AccountIndex
        /// The account's version that was acted on.
        var version: UInt64
        var decidedAt: Moment
        var market: MarketIndex
        /// What it would bring of which asset.
        var seize: TokenAmount
        var collateral: ReserveIndex
        /// The tip's share of the profit before it, in basis points.
        var tipShare: Int64
    }

    struct OpenQuestion {
        var id: UInt64
        var account: AccountIndex
        var version: UInt64
        var pair: LiquidationPair
    }

    public init(_ settings: EngineSettings) {
        self.settings = settings
        watch = MarginWatch(settings.risk)
        trading = TradingGuard(settings.limits)
        winning = settings.winRecord
        capital = CapitalLedger(cash: settings.cash, gasMoney: settings.gasMoney)
        watch.reserve(accounts: settings.accountsExpected)
        accounts.reserve(settings.accountsExpected)
    }

    /// Works through one input. Outputs are appended, in the order in which they were decided.
    public mutating func step(
        _ input: Input, from stream: StreamIndex, at moment: Moment, into outputs: inout ContiguousArray<Output>
    ) {
        now = moment
        counters.inputs += 1
        switch input {
        case .price(let reserve, let price): apply(price, of: reserve, from: stream, &outputs)
        case .accountBegins(let head): begin(head, from: stream, &outputs)
        case .accountLeg(let leg): add(leg, &outputs)
        case .accountQuarantined(let account, let market, _): quarantine(account, market, from: stream, &outputs)
        case .market(let definition): define(definition, from: stream, &outputs)
        case .reserve(let definition): define(definition, from: stream, &outputs)
        case .indices(let reserve, let supply, let borrow): apply(supply, borrow, of: reserve, from: stream, &outputs)
        case .pool(let reserve, let pool): apply(pool, of: reserve, from: stream, &outputs)
        case .depthBegins(let update): begin(update, from: stream, &outputs)
        case .depthRow(let row): add(row, from: stream, &outputs)
        case .use(let reserve, let use): apply(use, of: reserve, &outputs)
        case .lendingTerms, .expiryTerms, .optionTerms, .parameter, .tier, .efficiencyMode, .efficiencyMember:
            define(input, from: stream, &outputs)
        case .totals, .funding, .quotes, .smile: move(input, from: stream, &outputs)
        case .gas(let gas): apply(gas, from: stream, &outputs)
        case .block(let block): apply(block, from: stream, &outputs)
        case .stream(let condition): apply(condition, of: stream)
        case .snapshotBegins(let begun): generations[Int(begun.raw & 63)] &+= 1
        case .snapshotEnds(let ended): closeUnmentioned(in: ended, &outputs)
        case .outcome(let outcome): apply(outcome, &outputs)
        case .armed(let armed): isArmed = armed
        case .advice(let advice): apply(advice, &outputs)
        case .gasUsed(let market, let action, let gas): learn(gas, action, in: market)
        case .past(let outcome): apply(outcome, &outputs)
        case .restored(let state): restore(state, &outputs)
        case .command(let command): apply(command, &outputs)
        }
        if !proposals.isEmpty { choose(&outputs) }
    }

    public var index: RiskIndex { _read { yield watch.index } }
    public var reserves: ReserveTable { _read { yield watch.reserves } }
    public var purse: Purse { capital.purse }
    public var openIntents: Int { open.count }
    public var tradingState: TradingState { trading.state }

    /// Bytes of everything that grows with accounts.
    public var residentBytes: Int { watch.residentBytes + accounts.residentBytes + ceilings.residentBytes }

    /// Whether the exact rules have found the account liquidatable.
    public func isLiquidatable(_ account: AccountIndex) -> Bool {
        accounts.isKnown(account) && accounts.flags[account.position].contains(.liquidatable)
    }

    /// The accounts most likely to cross within the horizon, the likeliest first: what is worth preparing. For screens and for
    /// preparation between ticks; it allocates.
    public func likeliest(_ count: Int) -> [CrossingChance] {
        watch.likeliest(count, settings.passage, settings.correlations)
    }

    /// Gas in the market's cash at the oracle's prices of now, rounded up; `nil` before they are known.
    public func cost(of wei: Wei, in index: MarketIndex) -> TokenAmount? {
        guard let state = market(index) else { return nil }
        return GasRate(state.definition, state.rules, reserves)?.cost(of: wei)
    }

    /// What a market's transactions have used, as far as enough of them have been seen.
    public func learnedGas(of action: GasAction, in market: MarketIndex) -> GasUnits? {
        market.position < gasUse.count ? gasUse[market.position].learned(action) : nil
    }

    /// How much is held of an asset that is kept, as far as the engine knows.
    public func held(of reserve: ReserveIndex) -> TokenAmount { depths.held(of: reserve) }

    /// Decimals of the market's cash asset.
    public func cashDecimals(in index: MarketIndex) -> UInt8? {
        market(index).flatMap { reserves.row($0.definition.cash)?.decimals }
    }

    mutating func ignore(_ reason: IgnoredInput, _ outputs: inout ContiguousArray<Output>) {
        counters.ignored[Int(reason.rawValue)] += 1
        outputs.append(.ignored(reason))
    }

    /// Remembers that a stream feeds a market: the market is acted on only while all its streams are whole.
    mutating func note(_ stream: StreamIndex, feeds market: MarketIndex) {
        markets[market.position]?.streams |= 1 << UInt64(stream.raw & 63)
    }

    /// The snapshot of a stream that is now, or was last.
    func generation(of stream: StreamIndex) -> UInt8 { generations[Int(stream.raw & 63)] }

    func market(_ index: MarketIndex) -> MarketState? {
        index.position < markets.count ? markets[index.position] : nil
    }
}
