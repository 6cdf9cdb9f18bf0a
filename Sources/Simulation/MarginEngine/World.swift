public import Domain
public import Mechanisms
import Margin
public import Submission
import Units

/// A venue and its chain, without clock or network: accounts under exact rules, blocks, gas, pools, and everybody's money.
///
/// Who drives it applies an episode's events, passes orders on, and closes blocks. The same calls give the same world,
/// whatever the machine. Every block: what it does to assets only moves them, so that each asset's total stays the same to
/// the unit (`Ledger` says where everything went).
///
/// The venue lends flash loans without bound, and pays seized collateral out at once. One thread, or a lock around it.
///
/// Example: `world.apply(event)` for what is due, `world.submit(order, digest: d)`, then `world.closeBlock().endings`.
public struct World: ~Copyable {
    public let market: MarketDefinition
    public let settings: WorldSettings
    public let reserveCount: Int
    public internal(set) var ledger: Ledger
    public internal(set) var block: BlockUpdate
    public internal(set) var gas: GasUpdate
    private let blockInterval: Interval
    private let reserveNames: [String: ReserveIndex]
    private let liquidatorNames: [String: LiquidatorIndex]
    var watch: AccountWatch
    var roster = AccountRoster()
    var orders = OrderBook()
    var rivals: [Rival] = []
    var changes = WorldChanges()
    /// Counts arrivals of orders and seizures, in the order in which they happened.
    var happenings: UInt64 = 0
    /// When each liquidator last took from an account.
    var seizures: [AccountIndex: [LiquidatorIndex: UInt64]] = [:]
    /// The block before which a liquidatable account fell.
    var falls: [AccountIndex: BlockNumber] = [:]

    /// - Parameter episode: its head and reserves are used; the caller applies its events.
    public init(
        episode: Episode, rules: any FixedPenaltyRules, liquidators: [Liquidator], settings: WorldSettings
    ) {
        let everybody = liquidators + settings.rivals.map(\.liquidator)
        let names = everybody.enumerated().map { ($1.name, LiquidatorIndex($0)) }
        liquidatorNames = Dictionary(names) { _, _ in preconditionFailure("Condition: liquidators' names differ") }
        market = MarketDefinition(
            market: MarketIndex(0), rules: RulesIndex(0), closeFactor: episode.closeFactor, cash: episode.cash,
            native: episode.native, flashLoanFee: episode.flashLoanFee)
        self.settings = settings
        reserveCount = episode.reserves.count
        reserveNames = Dictionary(
            uniqueKeysWithValues: episode.reserves.enumerated().map { ($1.name, ReserveIndex($0)) })
        ledger = Ledger(everybody, reserves: episode.reserves.count, insuranceFund: settings.insuranceFund)
        block = BlockUpdate(market: MarketIndex(0), number: episode.firstBlock, timestamp: episode.start)
        gas = GasUpdate(market: MarketIndex(0), baseFee: .zero, priorityFeeMedian: .zero, priorityFeeHigh: .zero)
        blockInterval = episode.blockInterval
        watch = AccountWatch(rules, cash: episode.cash)
        for (position, reserve) in episode.reserves.enumerated() {
            var definition = reserve.definition
            definition.reserve = ReserveIndex(position)
            definition.market = MarketIndex(0)
            watch.define(definition)
        }
        for (position, profile) in settings.rivals.enumerated() {
            rivals.append(Rival(profile, LiquidatorIndex(liquidators.count + position), seed: settings.seed))
        }
    }

    /// Starts the next block's span: its number and its time.
    mutating func beginBlock() {
        block.number = block.number + 1
        block.timestamp = block.timestamp + blockInterval
    }

    public func reserve(named name: String) -> ReserveIndex? { reserveNames[name] }
    public func liquidator(named name: String) -> LiquidatorIndex? { liquidatorNames[name] }
}

// What can be asked.
extension World {
    public var reserves: ReserveTable { watch.reserves }
    public var accountCount: Int { roster.names.count }
    public var pendingCount: Int { orders.pending.count }
    public var liquidatableCount: Int { watch.liquidatable.count }

    /// Accounts that the exact rules would let anybody liquidate now, in the order in which they opened.
    public var liquidatable: [AccountIndex] { watch.liquidatable.sorted() }

    /// Whether somebody fell below the edge within so many blocks and is still there: there is something to race for.
    public func isContested(within blocks: UInt64) -> Bool {
        falls.contains { account, fall in fall + blocks >= block.number && watch.liquidatable.contains(account) }
    }

    public func state(of account: AccountIndex) -> AccountState {
        AccountState(
            name: roster.names[account.position], version: roster.versions[account.position],
            legs: watch.legs(of: account))
    }

    public func state(named name: String) -> AccountState? { roster[name].map { state(of: $0) } }

    /// The venue's own judgement; `nil` for an unknown account, or when a price is missing.
    public func isLiquidatable(named name: String) -> Bool? {
        roster[name].flatMap { watch.health(of: $0)?.isLiquidatable }
    }

    /// An order's standing, as far as this liquidator may know it.
    public func standing(of id: IntentID, for liquidator: LiquidatorIndex) -> OrderStanding? {
        guard let entry = orders[id], entry.order.liquidator == liquidator else { return nil }
        return entry.standing
    }

    public mutating func takeChanges() -> WorldChanges {
        defer { changes = WorldChanges() }
        return changes
    }
}
