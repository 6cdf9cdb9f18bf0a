import Domain
import Margin
import PlainNumbers
import Units

/// One venue's market, in which a seed lets things happen.
protocol VenueTwin {
    var rules: any MarginRules { get }

    init(_ generator: inout SeededGenerator)

    /// Defines the market's instruments, and gives them their first prices.
    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator)

    /// What an account may hold. Its debts are scaled afterwards, so that it stands about where `healthFactor` says.
    func holdings(_ watch: borrowing MarginWatch, _ generator: inout SeededGenerator) -> (legs: [Leg], AccountTraits)

    /// Where accounts are to stand, in millionths of a health factor of one.
    func healthFactor(_ generator: inout SeededGenerator) -> Int

    /// Whether the account's form is made anew whenever anything of it moves, or does not change.
    func isRankedExactly(_ traits: AccountTraits) -> Bool

    /// Something happens.
    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator)
}

extension VenueTwin {
    static var market: MarketIndex { MarketIndex(0) }

    func healthFactor(_ generator: inout SeededGenerator) -> Int { 1_000_000 }
    func isRankedExactly(_ traits: AccountTraits) -> Bool { true }
}

/// Random accounts under one venue's rules, watched by the index; and the same accounts judged one by one.
struct WatchedWorld<Twin: VenueTwin>: ~Copyable {
    private var generator: SeededGenerator
    private var twin: Twin
    private var watch: MarginWatch
    private var accounts: [(legs: [Leg], traits: AccountTraits)] = []
    /// What the index and the exact rules together have found, told of one account at a time.
    private var flagged: Set<Int> = []
    private(set) var crossings = 0
    private(set) var failure: String?

    init(seed: UInt64, accounts count: Int = 24) {
        generator = SeededGenerator(seed: seed)
        var settings = RiskSettings()
        settings.hotMax = generator.within(2...12)
        watch = MarginWatch(settings)
        twin = Twin(&generator)
        watch.define(Twin.market, cash: ReserveIndex(0), rules: twin.rules)
        twin.setUp(&watch, &generator)
        for account in 0..<count {
            accounts.append(([], .none))
            open(account)
        }
        compare("at the start")
    }

    mutating func run(ticks: Int) {
        for tick in 0..<ticks where failure == nil {
            if generator.below(10) == 0 { open(generator.within(0...accounts.count - 1)) }
            if generator.below(8) == 0 { _ = watch.rebalance(budget: 5) }
            twin.tick(&watch, &generator)
            compare("tick \(tick)")
            if tick % 6 == 0, failure == nil { compareRanking("tick \(tick)") }
        }
    }

    /// Gives an account new holdings, close to the edge more often than not.
    private mutating func open(_ account: Int) {
        var (legs, traits) = twin.holdings(watch, &generator)
        let aim = UInt256(
            twin.healthFactor(&generator) + [0, 0, 1, -1, 50, 20_000, -20_000, 300_000][generator.within(0...7)])
        if let found = health(legs, traits), found.healthFactor != .max {
            for i in legs.indices where legs[i].factor.side == .debt {
                let amount = UInt256(legs[i].amount)
                    .multiplied(by: found.healthFactor, dividedRoundingDownBy: AccountHealth.one)?
                    .multiplied(by: 1_000_000, dividedRoundingDownBy: aim)
                legs[i].amount = amount?.asUInt128 ?? legs[i].amount
                if generator.below(3) == 0 { legs[i].amount += 1 }
            }
        }
        accounts[account] = (legs, traits)
        watch.place(AccountIndex(account), in: Twin.market, traits, legs: legs.span)
    }

    private func health(_ legs: [Leg], _ traits: AccountTraits) -> AccountHealth? {
        let factors = legs.map(\.factor), amounts = legs.map(\.amount)
        return twin.rules.health(
            factors: factors.span, amounts: amounts.span, traits: traits, in: watch.reserves)
    }

    private mutating func compare(_ moment: String) {
        for i in 0..<watch.index.touched.count {
            let account = watch.index.touched[i]
            let isBelow = watch.isLiquidatable(account)
            let changed = isBelow ? flagged.insert(account.position).inserted : flagged.remove(account.position) != nil
            if changed { crossings += 1 }
        }
        watch.clearTouched()
        for account in accounts.indices {
            let exact = health(accounts[account].legs, accounts[account].traits)
            let isBelow = exact?.isLiquidatable ?? false
            guard isBelow != flagged.contains(account) else { continue }
            let zone = watch.index.book.zone(of: AccountIndex(account))
            failure = "\(moment), account \(account) (\(zone)): \(String(describing: exact)), \(accounts[account].legs)"
            return
        }
        if let wrong = watch.index.violatedInvariant() { failure = "\(moment): \(wrong)" }
        compareNearest(moment)
    }

    /// The nearest by the index against everybody's distance, each from a form that is made for the purpose and sorted.
    private mutating func compareNearest(_ moment: String) {
        guard accounts.allSatisfy({ twin.isRankedExactly($0.traits) }) else { return }
        var all: [Double] = []
        for account in accounts.indices {
            let zone = watch.index.book.zone(of: AccountIndex(account))
            guard zone == .cold || zone == .hot, let exposure = watch.exposure(of: AccountIndex(account)) else {
                continue
            }
            let spread = exposure.moves.reduce(0) { $0 + abs($1.change) }
            // Where nothing moves the account right here, its rank is by bounds that only its rules know.
            let byBounds = spread > 0 ? nil : watch.localDistance(of: AccountIndex(account))
            all.append(byBounds ?? exposure.excess / spread)
        }
        all.sort()
        let nearest = watch.nearest(5).map(\.distance)
        let wanted = Array(all.prefix(5))
        let isEqual =
            nearest.count == wanted.count
            && zip(nearest, wanted).allSatisfy { abs($0 - $1) <= 1e-7 * (1 + abs($1)) }
        if !isEqual, failure == nil { failure = "\(moment): the nearest are \(nearest), should be \(wanted)" }
    }

    /// The nearest few are those that looking at everybody finds.
    private mutating func compareRanking(_ moment: String) {
        var distances: [Double] = []
        for account in accounts.indices.map({ AccountIndex($0) }) {
            let zone = watch.index.book.zone(of: account)
            guard zone == .cold || zone == .hot else { continue }
            if let distance = watch.localDistance(of: account) ?? watch.index.distance(of: account) {
                distances.append(distance)
            }
        }
        distances.sort()
        let nearest = watch.nearest(Self.ranked)
        if nearest.count != min(Self.ranked, distances.count) { failure = "\(moment): \(nearest.count) ranked" }
        for (rank, found) in nearest.enumerated()
        where abs(found.distance - distances[rank]) > 1e-6 * max(1, abs(distances[rank])) {
            failure = "\(moment): rank \(rank) is \(found), should be at \(distances[rank])"
        }
    }

    private static var ranked: Int { 5 }
}

extension SeededGenerator {
    /// The number moved by up to so many millionths, either way; now and then by a factor of up to eight.
    mutating func moved(_ number: UInt128, millionths: Int) -> UInt128 {
        if below(40) == 0 {
            return max(1, below(2) == 0 ? number / UInt128(within(2...8)) : number * UInt128(within(2...8)))
        }
        let move = 1_000_000 + within(-millionths...millionths)
        let product = UInt256(number) * UInt256(move)
        return max(1, product.dividedRoundingDown(by: 1_000_000).low)
    }

    /// The number grown by up to so many millionths.
    mutating func grown(_ number: UInt128, millionths: Int) -> UInt128 {
        (UInt256(number) * UInt256(1_000_000 + within(0...millionths))).dividedRoundingUp(by: 1_000_000).low
    }
}
