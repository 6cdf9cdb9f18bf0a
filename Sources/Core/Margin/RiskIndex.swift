public import Domain
import Units

/// Every account ordered by its distance to liquidation, so that a tick touches only the accounts it can reach.
///
/// An account that is far away is *cold*: for a radius r (in scales) around where it was last looked at, its excess
/// cannot fall to the hot distance, so each of its legs plants one trigger, at factor − r·s where the weight is positive
/// and at factor + r·s where it is negative. A *hot* account stands in the risk heap, exact on every tick. A *sunk* one,
/// deep below the edge, plants the mirror image: triggers on the way to recovery.
///
/// An account that is not linear is watched by a local form and handed back when it leaves it (`takeStale`).
///
/// After `process`, `touched` holds each account that the tick looked at and that may have changed sides, or that only
/// the exact rules can judge. Cost of a quiet tick: two comparisons and the factor's hot accounts, however many
/// accounts there are. No allocation once the columns have grown.
///
/// Thread rule: confined to one thread, with the engine that owns it.
public struct RiskIndex: ~Copyable {
    public var book = LinearBook()
    public internal(set) var touched = Column<AccountIndex>()
    /// Accounts that have left their local form. Whoever owns the index makes new forms for all of them before it looks at
    /// anything else: `takeStale`.
    var stale = Column<UInt32>()
    /// Looks taken at accounts since the start: the work done.
    public internal(set) var evaluations: UInt64 = 0
    public let settings: RiskSettings
    var queues = Row<FactorQueues>()
    var heap = RiskHeap()
    /// What is planted now can become hot at this distance.
    var hotDistance: Double
    /// Every cold account was planted for at least this distance: up to it, the risk heap holds everybody.
    var guaranteed: Double
    var sweep: Sweep?
    var growth = Growth()
    /// Above so many hot accounts it is tried to make room. Twice what remained last time, so that a crowd that cannot
    /// be thinned (accounts that straddle the edge) is not gone through again and again.
    var crowd: Int
    /// Counts boxes, so that a factor's ends are known to be of the present one.
    var boxNumber: UInt32 = 0
    /// Factors that were set without a look at anybody.
    var unsettled = Column<FactorIndex>()
    /// Used by `settle` alone.
    var hotList = Column<UInt32>()
    /// Accounts that the last box could not clear, and those of them that the last narrower one could not.
    var suspects = Column<UInt32>()
    var closeSuspects = Column<UInt32>()
    /// A bit for each instrument on which one of the latter has a leg; all bits where there are too many instruments.
    var closeReserves: UInt64 = 0
    /// Used by `findSuspects` alone.
    var reachedLegs = Column<UInt32>()
    private let place = KeptInPlace()

    public init(settings: RiskSettings = RiskSettings()) {
        self.settings = settings
        hotDistance = settings.hotDistanceMax
        guaranteed = settings.hotDistanceMax
        crowd = settings.hotMax
    }

    /// Makes room for so many accounts at once.
    public mutating func reserve(accounts: Int) {
        book.reserve(accounts: accounts, legs: accounts * Self.legsExpected)
        heap.reserve(accounts: accounts)
    }

    static let legsExpected = 3

    public var factorCount: Int { queues.count }
    public var hotCount: Int { heap.count }
    /// Everybody in the risk heap, in no order.
    public var hotAccounts: [AccountIndex] { (0..<heap.count).map { AccountIndex(heap.accounts[$0]) } }
    /// Legs that wait somewhere: never more than there are legs.
    public var waitingLegs: Int {
        var sum = 0
        for factor in 0..<queues.count { sum += queues[factor].waiting }
        return sum
    }

    public var residentBytes: Int {
        var sum = book.residentBytes + heap.residentBytes + touched.residentBytes
        for factor in 0..<queues.count { sum += queues[factor].residentBytes }
        return sum
    }

    /// Makes factors exist up to this one; new ones have the value 0 and the scale 1 until set.
    public mutating func include(_ factor: FactorIndex) {
        while queues.count <= factor.position { queues.append(FactorQueues(value: 0, scale: 1)) }
    }

    public func value(of factor: FactorIndex) -> Double { queues[factor.position].value }
    public func scale(of factor: FactorIndex) -> Double { queues[factor.position].scale }

    public mutating func clearTouched() { touched.removeAll() }

    /// Puts what was touched in the order of accounts: in which order they were found depends on how they came to be planted.
    public mutating func sortTouched() { touched.sort { $0.raw < $1.raw } }

    /// Sets a factor's value without looking at anybody: follow with `process` once all factors of a tick are set.
    public mutating func set(_ factor: FactorIndex, to value: Double) {
        precondition(value.isFinite, "Condition: a factor is a finite number")
        queues[factor.position].value = value
    }

    /// Looks at whoever the factor's new value reaches.
    public mutating func process(_ factor: FactorIndex) {
        let f = factor.position
        var i = queues[f].hot.count
        while i > 0 {
            i = min(i, queues[f].hot.count) - 1  // an account may leave with several legs
            guard i >= 0 else { break }
            refreshHot(book.legs[Int(queues[f].hot[i])].owner)
        }
        fire(factor)
    }

    /// Looks at whoever has a trigger that the factor's value has reached.
    mutating func fire(_ factor: FactorIndex) {
        let f = factor.position
        let value = queues[f].value
        while queues[f].below.isReached(by: -value) {
            replant(book.legs[Int(queues[f].below.leg(at: 0))].owner)
        }
        while queues[f].above.isReached(by: value) {
            replant(book.legs[Int(queues[f].above.leg(at: 0))].owner)
        }
    }

    /// Takes an account out of every queue.
    public mutating func remove(_ account: AccountIndex) {
        book.include(account)
        heap.include(account)
        uproot(account.raw)
    }
}
