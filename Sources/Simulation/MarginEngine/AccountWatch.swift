import Domain
import Margin
import Mechanisms
import Units

/// The accounts' legs, exact, and which accounts are below the edge by the venue's own rules.
///
/// The index finds whom a price reaches, so that a hundred thousand accounts cost no more than those that are near.
struct AccountWatch: ~Copyable {
    let rules: any FixedPenaltyRules
    private(set) var reserves = ReserveTable()
    private(set) var liquidatable: Set<AccountIndex> = []
    /// Those that have newly fallen below the edge.
    private var fallen: [AccountIndex] = []
    private var index = RiskIndex()
    private var anchors: ContiguousArray<ClosedRange<Double>?> = []

    /// A factor that has gone this many times up or down gets a new scale; the linear form's allowance asks for it.
    private static let scaleDrift = 4.0

    init(_ rules: any FixedPenaltyRules) {
        self.rules = rules
    }

    mutating func define(_ definition: ReserveDefinition) {
        reserves.define(definition)
        index.include(FactorIndex(definition.reserve, .debt))
        while anchors.count <= definition.reserve.position { anchors.append(nil) }
    }

    mutating func set(_ reserve: ReserveIndex, pool: Pool) { reserves.set(reserve, pool: pool) }

    mutating func set(_ reserve: ReserveIndex, price: Price) {
        precondition(price.baseUnits > 0, "Condition: a price is not zero")
        reserves.set(reserve, price: price)
        let value = price.baseUnits.approximate
        guard let anchor = anchors[reserve.position], anchor.contains(value) else { return anchorAnew(reserve) }
        moveFactors(of: reserve) { index, factor, value in index.set(factor, to: value) }
        for side in [Side.collateral, .debt] { index.process(FactorIndex(reserve, side)) }
        judgeTouched()
    }

    /// Replaces an account's legs.
    mutating func place(_ account: AccountIndex, _ legs: [Leg]) {
        let factors = ContiguousArray(legs.map(\.factor))
        let amounts = ContiguousArray(legs.map(\.amount))
        var weights = ContiguousArray<Double>()
        let accuracy = rules.linearForm(
            factors: factors.span, amounts: amounts.span, in: reserves, weights: &weights)
        index.place(account, legs: ContiguousArray(legs).span, weights: weights.span, accuracy: accuracy)
        let owes = legs.contains { $0.factor.side == .debt }
        let isPriced = legs.allSatisfy { reserves.price(of: $0.factor.reserve) != nil }
        if !owes || !isPriced { index.remove(account) }
        judgeTouched()
    }

    func legs(of account: AccountIndex) -> [Leg] {
        index.book.legs(of: account).map { Leg(index.book.factors[$0], index.book.amounts[$0]) }
    }

    /// By the venue's own integers; `nil` when a price is missing.
    func health(of account: AccountIndex) -> AccountHealth? {
        let legs = index.book.legs(of: account)
        return index.book.factors.withSpan(legs) { factors in
            index.book.amounts.withSpan(legs) { amounts in
                rules.health(factors: factors, amounts: amounts, in: reserves)
            }
        }
    }

    mutating func takeFallen() -> [AccountIndex] {
        defer { fallen.removeAll() }
        return fallen.filter { liquidatable.contains($0) }
    }

    mutating func rest() { _ = index.rebalance(budget: WorldSettings.rebalancePerBlock) }

    private mutating func judgeTouched() {
        for i in 0..<index.touched.count { judge(index.touched[i]) }
        index.clearTouched()
    }

    private mutating func judge(_ account: AccountIndex) {
        let zone = index.book.zone(of: account)
        // Cold is proved safe by the filter; nothing to ask.
        guard zone != .cold, zone != .absent, health(of: account)?.isLiquidatable == true, canSeize(account) else {
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

    /// Sets the scales by the present price and weighs everybody on the reserve anew: at first prices, and at prices that
    /// have gone far. O(accounts).
    private mutating func anchorAnew(_ reserve: ReserveIndex) {
        guard let row = reserves.row(reserve), let price = row.price?.baseUnits.approximate else { return }
        anchors[reserve.position] = price / Self.scaleDrift...price * Self.scaleDrift
        moveFactors(of: reserve) { index, factor, value in
            index.set(factor, to: value)
            index.setScale(factor, to: value * Double(row.scalePartsPerMillion) / 1e6)
        }
        for account in 0..<index.book.accountCount {
            let held = legs(of: AccountIndex(account))
            if held.contains(where: { $0.factor.reserve == reserve }) { place(AccountIndex(account), held) }
        }
    }

    private mutating func moveFactors(
        of reserve: ReserveIndex, _ move: (inout RiskIndex, FactorIndex, Double) -> Void
    ) {
        guard let row = reserves.row(reserve) else { return }
        for side in [Side.collateral, .debt] {
            move(&index, FactorIndex(reserve, side), rules.factorValue(of: row, on: side))
        }
    }
}
