package import Domain
package import Margin
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
package struct PaperWorld: ~Copyable {
    package internal(set) var books = PaperBooks()
    package internal(set) var counters = PaperCounters()
    package internal(set) var watch = MarginWatch()
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
    package struct Delivered: Equatable, Sendable {
        package var input: Input
        package var stream: StreamIndex
    }

    /// - Parameter rules: by `RulesIndex`, as the engine has them.
    package init(rules: [any MarginRules], preset: PaperPreset, random: PaperRandom) {
        self.rules = rules
        self.preset = preset
        self.random = random
    }

    /// Waiting orders, past which a new one is refused.
    package static let ordersMax = 65_536

    /// Takes an order on its way; `false` when too many wait.
    package mutating func submit(_ order: PaperOrder) -> Bool {
        guard orders.count < Self.ordersMax else { return false }
        orders.append(order)
        return true
    }

    package mutating func takeTold() -> ContiguousArray<Delivered> {
        var taken: ContiguousArray<Delivered> = []
        swap(&taken, &told)
        return taken
    }

    mutating func dropTold() { told.removeAll(keepingCapacity: true) }

    package mutating func takeEndings() -> ContiguousArray<PaperEnding> {
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
package struct PaperCounters: Equatable, Sendable {
    package var crossings: UInt64 = 0
    package var blocks: UInt64 = 0
    /// Account frames of the tape that were left out, because here the account had been taken already.
    package var framesLeftOut: UInt64 = 0
    /// Changes by owners of accounts that were taken from here.
    package var ownersChanges: UInt64 = 0
    package var oracleSteps: UInt64 = 0
    package var accountsWrittenOff: UInt64 = 0
    /// Recorded liquidations that could not be done here, and rows whose account was not found.
    package var recordedFailed: UInt64 = 0
    package var recordedUnmatched: UInt64 = 0
    /// Why ours did nothing in a block that they were in, or would have been left out of.
    package var failures: [PaperFailure: UInt64] = [:]
    /// Ours, then the others'.
    package var endings: [[PaperEnding.Kind: UInt64]] = [[:], [:]]
}
