import Aave
import Domain
import Engine
import Margin
import Testing
import Units

/// After every input the engine's liquidatable set equals brute force: every account judged by the venue's integers, by a
/// loop that knows nothing of triggers and heaps.
@Suite struct LiquidatableSetTests {
    @Test(arguments: 0..<20)
    func `the liquidatable set is brute force's after every tick`(block: UInt64) {
        var crossings: UInt64 = 0
        for seed in block * 100..<block * 100 + 100 {
            var world = RandomMarket(seed: seed)
            for _ in 0..<30 where world.failure == nil { world.tick() }
            #expect(world.failure == nil, "seed \(seed): \(world.failure ?? "")")
            crossings += world.crossings
        }
        #expect(crossings > 1_000, "a hundred worlds in which next to nothing happened prove nothing")
    }

    @Test func `the same inputs give the same outputs`() {
        var first = RandomMarket(seed: 77)
        var second = RandomMarket(seed: 77)
        for _ in 0..<200 {
            first.tick()
            second.tick()
        }
        #expect(first.all == second.all)
        #expect(!first.all.isEmpty)
    }
}

private struct RandomMarket: ~Copyable {
    var generator: SeededGenerator
    var engine = Engine(EngineSettings(rules: AaveRules.all))
    var reserves = ReserveTable()
    var accounts: [[Leg]]
    var prices: [UInt64] = []
    var failure: String?
    var outputs: ContiguousArray<Output> = []
    var all: [Output] = []
    let rules: AaveRules
    var crossings: UInt64 { engine.counters.crossings }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let version = Int(generator.below(UInt64(AaveRules.all.count)))
        rules = AaveRules.all[version]
        accounts = Array(repeating: [], count: generator.within(1...40))
        let count = generator.within(2...5)
        step(
            .market(
                MarketDefinition(
                    market: MarketIndex(0), rules: RulesIndex(version), closeFactor: .basisPoints(5_000),
                    cash: ReserveIndex(0),
                    native: ReserveIndex(1), flashLoanFee: .zero)))
        for reserve in 0..<count { define(reserve) }
        for account in accounts.indices { open(account) }
    }

    private mutating func step(_ input: Input) {
        engine.step(input, from: StreamIndex(0), at: .start, into: &outputs)
        all += Array(outputs)
        outputs.removeAll(keepingCapacity: true)
    }

    private mutating func define(_ reserve: Int) {
        let definition = ReserveDefinition(
            reserve: ReserveIndex(reserve), market: MarketIndex(0), decimals: [2, 6, 8, 18][generator.within(0...3)],
            liquidationThreshold: .basisPoints(UInt32(generator.within(4_000...9_000))),
            liquidationBonus: .basisPoints(10_500), protocolFee: .zero,
            scalePartsPerMillion: UInt32(generator.within(100...20_000)))
        reserves.define(definition)
        step(.reserve(definition))
        while prices.count <= reserve { prices.append(1_00000000 * UInt64(generator.within(1...3_000))) }
        tickPrice(reserve)
        accrue(reserve)
    }

    private mutating func tickPrice(_ reserve: Int) {
        let price = Price(baseUnits: UInt128(prices[reserve]))
        reserves.set(ReserveIndex(reserve), price: price)
        step(.price(ReserveIndex(reserve), price))
    }

    private mutating func accrue(_ reserve: Int) {
        let supply = Ray(Ray.one.value + UInt128(generator.below(1 << 60)) * 1_000_000)
        let borrow = Ray(supply.value + UInt128(generator.below(1 << 60)) * 1_000_000)
        reserves.set(ReserveIndex(reserve), supply: supply, borrow: borrow)
        step(.indices(ReserveIndex(reserve), supply: supply, borrow: borrow))
    }

    /// One or two collaterals and debts of about equal value, so that many accounts stand close to the edge.
    private mutating func open(_ account: Int) {
        var legs: [Leg] = []
        let collaterals = generator.within(1...2)
        for i in 0..<collaterals {
            let reserve = (generator.within(0...9) + i) % prices.count
            guard !legs.contains(where: { $0.factor.reserve.position == reserve }) else { continue }
            legs.append(Leg(ReserveIndex(reserve), .collateral, amount(worth: 1, of: reserve)))
        }
        let debt = generator.within(0...prices.count - 1)
        let share = 0.4 + 0.6 * generator.fraction()
        legs.append(Leg(ReserveIndex(debt), .debt, amount(worth: share, of: debt)))
        accounts[account] = legs
        step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(account), market: MarketIndex(0), kind: .state, reserve: ReserveIndex(0),
                    version: 1, legs: UInt16(legs.count))))
        for leg in legs { step(.accountLeg(leg)) }
    }

    /// About so many thousand dollars of an asset, odd to the last unit.
    private mutating func amount(worth thousands: Double, of reserve: Int) -> TokenAmount {
        let tokens = thousands * 1_000 * 1e8 / Double(prices[reserve])
        let unit = Double(UInt64(reserves.row(ReserveIndex(reserve))?.unit ?? 1))
        return TokenAmount(UInt64(min(tokens * unit, 9e18))) + TokenAmount(generator.below(100)) + 1
    }

    mutating func tick() {
        let reserve = Int(generator.below(UInt64(prices.count)))
        switch generator.below(10) {
        case 0: define(reserve)
        case 1: accrue(reserve)
        case 2: open(Int(generator.below(UInt64(accounts.count))))
        default:
            let size = generator.below(6) == 0 ? 0.2 : 0.002
            let moved = Double(prices[reserve]) * (1 + size * (2 * generator.fraction() - 1))
            prices[reserve] = max(1_000, UInt64(moved))
            tickPrice(reserve)
        }
        check()
    }

    private mutating func check() {
        for account in accounts.indices {
            let factors = accounts[account].map(\.factor)
            let amounts = accounts[account].map(\.amount)
            let exact = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
            let found = engine.isLiquidatable(AccountIndex(account))
            if found != exact?.isLiquidatable {
                failure = "account \(account) (\(rules.version)): engine \(found), rules \(String(describing: exact))"
            }
        }
        if failure == nil { failure = engine.index.violatedInvariant() }
    }
}
