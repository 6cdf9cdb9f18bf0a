public import Domain
public import Margin
import Mechanisms
import Units

/// The venue, its chain and everybody else, as a tape tells them and as they are changed by what we and the rivals do.
///
/// `apply` takes what the tape says, in its order; `submit` takes orders; a block of the tape executes them by the venue's own
/// integer rules against the accounts as they are at that moment. What the bot is to hear of it all, the tape's word or a
/// changed one, comes out of `takeTold` in order, endings of orders out of `takeEndings`. No clock, no randomness but the
/// seed's: the same calls, the same world. One thread.
///
/// Once somebody here has taken from an account, the tape does not know it any more (`PaperWorld+Accounts`).
public struct PaperWorld: ~Copyable {
    public internal(set) var books = PaperBooks()
    public internal(set) var counters = PaperCounters()
    public internal(set) var watch = MarginWatch()
    let preset: PaperPreset
    let random: PaperRandom
    let rules: [any MarginRules]
    var markets: ContiguousArray<PaperMarket?> = []
    var accounts: ContiguousArray<PaperAccount> = []
    /// What the tape says of accounts that were taken from here.
    var histories: [UInt32: ContiguousArray<Leg>] = [:]
    var impacts: ContiguousArray<PaperImpact> = []
    var orders: ContiguousArray<PaperOrder> = []
    var visits: ContiguousArray<RivalVisit> = []
    var assembly: (head: AccountUpdate, legs: ContiguousArray<Leg>)?
    var generation: UInt8 = 0
    /// Markets whose insurance fund has been filled.
    var funded: Set<UInt16> = []
    /// Orders of others, counted.
    var othersSent: UInt64 = 0
    /// The moment of what is being applied.
    var now = Moment.start
    private var told: ContiguousArray<Delivered> = []
    private var endings: ContiguousArray<PaperEnding> = []

    /// An input for the bot and the stream that it belongs to.
    public struct Delivered: Equatable, Sendable {
        public var input: Input
        public var stream: StreamIndex
    }

    /// - Parameter rules: by `RulesIndex`, as the engine has them.
    public init(rules: [any MarginRules], preset: PaperPreset, random: PaperRandom) {
        self.rules = rules
        self.preset = preset
        self.random = random
    }

    /// Waiting orders, past which a new one is refused.
    public static let ordersMax = 65_536

    /// Takes an order on its way; `false` when too many wait.
    public mutating func submit(_ order: PaperOrder) -> Bool {
        guard orders.count < Self.ordersMax else { return false }
        orders.append(order)
        return true
    }

    public mutating func takeTold() -> ContiguousArray<Delivered> {
        var taken: ContiguousArray<Delivered> = []
        swapTold(&taken)
        return taken
    }

    /// The same for whoever has an empty one to give for it, so that none is made anew.
    mutating func swapTold(_ taken: inout ContiguousArray<Delivered>) { swap(&taken, &told) }

    mutating func dropTold() { told.removeAll(keepingCapacity: true) }

    public mutating func takeEndings() -> ContiguousArray<PaperEnding> {
        var taken: ContiguousArray<PaperEnding> = []
        swap(&taken, &endings)
        return taken
    }

    mutating func tell(_ input: Input, from stream: StreamIndex) {
        told.append(Delivered(input: input, stream: stream))
    }

    mutating func end(_ ending: PaperEnding) {
        endings.append(ending)
        if let market = market(ending.order.market) { books.book(ending, cash: market.definition.cash) }
        counters.endings[ending.order.party == .ours ? 0 : 1][ending.kind, default: 0] += 1
    }

    func market(_ index: MarketIndex) -> PaperMarket? {
        index.position < markets.count ? markets[index.position] : nil
    }
}

/// A market as its definition and its last block and gas tell it.
struct PaperMarket {
    var definition: MarketDefinition
    var rules: any MarginRules
    /// `nil` where the venue's way of liquidating is not known here: nobody takes anything.
    var mechanism: (any FixedPenaltyRules)?
    var gas: GasUpdate?
    var block: BlockNumber?
}

/// What the world keeps of an account beside its legs.
struct PaperAccount {
    var isKnown = false
    /// The tape's.
    var version: UInt64 = 0
    /// How often somebody here took from it: the bot is told the tape's version and this together.
    var takes: UInt64 = 0
    var takenAt = Moment.start
    var takenBy = PaperParty.ours
    var stream = StreamIndex(0)
    var market = MarketIndex(0)
    var generation: UInt8 = 0
    var segments = Segments()
    var group: GroupIndex?
    var isLiquidatable = false
    var crossings: UInt64 = 0
    var crossedAt = Moment.start
}

/// Totals of a world.
public struct PaperCounters: Equatable, Sendable {
    public var crossings: UInt64 = 0
    public var blocks: UInt64 = 0
    /// Account frames of the tape that were left out, because here the account had been taken already.
    public var framesLeftOut: UInt64 = 0
    /// Changes by owners of accounts that were taken from here.
    public var ownersChanges: UInt64 = 0
    public var oracleSteps: UInt64 = 0
    public var accountsWrittenOff: UInt64 = 0
    /// Recorded liquidations that could not be done here, and rows whose account was not found.
    public var recordedFailed: UInt64 = 0
    public var recordedUnmatched: UInt64 = 0
    /// Why ours did nothing in a block that they were in, or would have been left out of.
    public var failures: [PaperFailure: UInt64] = [:]
    /// Ours, then the others'.
    public var endings: [[PaperEnding.Kind: UInt64]] = [[:], [:]]
}
