import Domain
import Margin
import Mechanisms
import Units

/// The accounts' legs, exact, and which accounts are below the edge by the venue's own rules.
///
/// The index finds whom a price reaches, so that a hundred thousand accounts cost no more than those that are near.
struct AccountWatch: ~Copyable {
    let rules: any FixedPenaltyRules
    private(set) var liquidatable: Set<AccountIndex> = []
    /// Those that have newly fallen below the edge.
    private var fallen: [AccountIndex] = []
    private var watch = MarginWatch()
    private let market = MarketIndex(0)

    init(_ rules: any FixedPenaltyRules, cash: ReserveIndex) {
        self.rules = rules
        watch.define(market, cash: cash, rules: rules)
    }

    var reserves: ReserveTable { _read { yield watch.reserves } }

    mutating func define(_ definition: ReserveDefinition) {
        watch.define(definition)
        judgeTouched()
    }

    mutating func set(_ reserve: ReserveIndex, pool: Pool) { watch.set(reserve, pool: pool) }

    mutating func set(_ reserve: ReserveIndex, price: Price) {
        watch.set(reserve, price: price)
        judgeTouched()
    }

    /// Replaces an account's legs.
    mutating func place(_ account: AccountIndex, _ legs: [Leg]) {
        watch.place(account, in: market, .none, legs: legs.span)
        judgeTouched()
    }

    func legs(of account: AccountIndex) -> [Leg] {
        watch.holdings.legs(of: account).map { watch.holdings.leg(at: $0) }
    }

    /// By the venue's own integers; `nil` when a price is missing.
    func health(of account: AccountIndex) -> AccountHealth? { watch.health(of: account) }

    mutating func takeFallen() -> [AccountIndex] {
        defer { fallen.removeAll() }
        return fallen.filter { liquidatable.contains($0) }
    }

    mutating func rest() { _ = watch.rebalance(budget: WorldSettings.rebalancePerBlock) }

    private mutating func judgeTouched() {
        for i in 0..<watch.index.touched.count { judge(watch.index.touched[i]) }
        watch.clearTouched()
    }

    private mutating func judge(_ account: AccountIndex) {
        guard watch.isLiquidatable(account), canSeize(account) else {
            liquidatable.remove(account)
            return
        }
        if liquidatable.insert(account).inserted { fallen.append(account) }
    }

    /// Without collateral that may be taken there is nothing to liquidate, however bad the health.
    private func canSeize(_ account: AccountIndex) -> Bool {
        legs(of: account).contains {
            $0.factor.side == .collateral && reserves.row($0.factor.reserve)?.liquidationThreshold != .zero
        }
    }
}
