import Domain
import Margin
import Opyn
import Testing
import Units

/// Vaults to the contract's 27 decimals, and under the index.
@Suite struct VaultTests {
    @Test func `a put that holds exactly what it needs is safe, and one unit less is not`() throws {
        // K 3 000, S 2 000, shock 0.75: 0.1 · 1 500 + 1 500 for each of 2 options.
        var world = VaultWorld(.put, strike: 3_000, spot: 2_000, bound: 0.1)
        world.place(0, options: 200_000_000, collateral: 3_300_000_000)
        world.place(1, options: 200_000_000, collateral: 3_299_999_999)
        let (first, second) = (try world.health(0), try world.health(1))
        #expect(!first.isLiquidatable && second.isLiquidatable)
        #expect(first.healthFactor == AccountHealth.one && first.debt == UInt256(UInt64(330_000_000_000)))
    }

    @Test func `a call divides the shocked strike by the spot and truncates`() throws {
        // K·shock / S = 1 500 / 3 500 = 3/7: 0.1 · 3/7 + 4/7 = 43/70 of one underlying.
        var world = VaultWorld(.call, strike: 2_000, spot: 3_500, bound: 0.1)
        // 43/70 · 10^8 = 61 428 571.4…
        world.place(0, options: 100_000_000, collateral: 61_428_572)
        world.place(1, options: 100_000_000, collateral: 61_428_571)
        let (first, second) = (try world.health(0), try world.health(1))
        #expect(!first.isLiquidatable && second.isLiquidatable)
    }

    @Test func `only open vaults of type one can be liquidated`() throws {
        var world = VaultWorld(.put, strike: 3_000, spot: 2_000, bound: 0.1)
        world.place(0, options: 200_000_000, collateral: 1, type: 0)
        world.place(1, options: 200_000_000, collateral: 1)
        let (first, second) = (try world.health(0), try world.health(1))
        #expect(!first.isLiquidatable && second.isLiquidatable)
        world.setClock(VaultWorld.expiry)
        let expired = try world.health(1)
        #expect(!expired.isLiquidatable)
    }

    @Test func `a series longer than every bound is not judged, and is once it is short enough`() {
        var world = VaultWorld(.put, strike: 3_000, spot: 2_000, bound: 0.1)
        world.setClock(VaultWorld.expiry - 8 * 86_400)
        world.place(0, options: 200_000_000, collateral: 1)
        let (health, isBefore) = (world.watch.health(of: AccountIndex(0)), world.isLiquidatable(0))
        #expect(health == nil && !isBefore)
        world.setClock(VaultWorld.expiry - 7 * 86_400)
        let isAfter = world.isLiquidatable(0)
        #expect(isAfter)
    }

    @Test func `vaults never cross unnoticed, by price or by time`() throws {
        var crossings = 0
        for seed in UInt64(0)..<300 {
            var generator = SeededGenerator(seed: seed)
            let kind: OptionTerms.Kind = seed % 2 == 0 ? .put : .call
            var world = VaultWorld(kind, strike: 2_500, spot: 2_500, bound: 0.1)
            for account in 0..<4 { world.placeNear(account, &generator) }
            var before: [Bool] = []
            for account in 0..<4 { before.append(try world.health(account).isLiquidatable) }
            for _ in 0..<25 {
                world.watch.clearTouched()
                world.tick(&generator)
                for account in 0..<4 {
                    let now = try world.health(account).isLiquidatable
                    let found = world.isLiquidatable(account)
                    #expect(found == now, "seed \(seed) account \(account)")
                    let isTold = now == before[account] || world.touched.contains(AccountIndex(account))
                    #expect(isTold, "seed \(seed) account \(account)")
                    if now != before[account] { crossings += 1 }
                    before[account] = now
                }
            }
        }
        #expect(crossings > 300)
    }
}

/// One series, its bounds for a day, three days and a week, and vaults of it.
private struct VaultWorld: ~Copyable {
    static let expiry: Int64 = 1_700_000_000
    private static let (market, cash, spot, expiry_, series) = (
        MarketIndex(0), ReserveIndex(0), ReserveIndex(1), ReserveIndex(2), ReserveIndex(3)
    )
    var watch = MarginWatch()
    let kind: OptionTerms.Kind
    var price: UInt64
    var clock = expiry - 6 * 86_400

    init(_ kind: OptionTerms.Kind, strike: UInt64, spot: UInt64, bound: Double) {
        self.kind = kind
        price = spot * 100_000_000
        watch.define(Self.market, cash: Self.cash, rules: OpynRules.all[0])
        for (instrument, decimals) in [(Self.cash, UInt8(6)), (Self.spot, 8), (Self.expiry_, 8), (Self.series, 8)] {
            watch.define(
                ReserveDefinition(
                    reserve: instrument, market: Self.market, decimals: decimals, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 8_000))
        }
        watch.set(Self.cash, price: Price(baseUnits: 100_000_000))
        let end = Moment(nanoseconds: Self.expiry * 1_000_000_000)
        watch.set(Self.expiry_, terms: .expiry(ExpiryTerms(underlying: Self.spot, expiry: end)))
        let price = Price(baseUnits: UInt128(strike) * 100_000_000)
        watch.set(Self.series, terms: .option(OptionTerms(expiry: Self.expiry_, strike: price, kind: kind)))
        watch.set(Self.series, .spotShock, to: 750_000_000_000_000_000_000_000_000)
        let unit = UInt128(bound * 1e18)
        for (position, (days, share)) in [(1, unit / 4), (3, unit / 2), (7, unit)].enumerated() {
            let tier = MarginTier(
                floor: UInt128(days * 86_400), maintenanceMargin: Wad(share), deduction: 0)
            precondition(watch.set(Self.series, tier: tier, at: position), "Invariant: bounds rise")
        }
        set(self.price)
        setClock(clock)
    }

    var touched: Set<AccountIndex> {
        var found: Set<AccountIndex> = []
        for position in 0..<watch.index.touched.count { found.insert(watch.index.touched[position]) }
        return found
    }

    func health(_ account: Int) throws -> AccountHealth {
        let health = watch.health(of: AccountIndex(account))
        return try #require(health)
    }

    func isLiquidatable(_ account: Int) -> Bool { watch.isLiquidatable(AccountIndex(account)) }

    mutating func set(_ price: UInt64) {
        self.price = price
        watch.set(Self.spot, price: Price(baseUnits: UInt128(price)))
    }

    mutating func setClock(_ seconds: Int64) {
        clock = seconds
        watch.setClock(of: Self.market, to: Moment(nanoseconds: seconds * 1_000_000_000))
    }

    mutating func place(_ account: Int, options: UInt64, collateral: UInt64, type: UInt8 = 1) {
        let held = kind == .put ? Self.cash : Self.spot
        let legs = [
            Leg(Self.series, .debt, TokenAmount(options)), Leg(held, .collateral, TokenAmount(collateral)),
        ]
        watch.place(AccountIndex(account), in: Self.market, AccountTraits(category: type), legs: legs.span)
    }

    mutating func placeNear(_ account: Int, _ generator: inout SeededGenerator) {
        place(account, options: 100_000_000, collateral: kind == .put ? 1_000_000_000 : 100_000_000)
        guard let need = watch.health(of: AccountIndex(account))?.debt.asUInt128 else { return }
        let whole = Double(UInt64(need)) / (kind == .put ? 1e8 : Double(price))
        let share = 0.97 + 0.09 * generator.fraction()
        place(account, options: 100_000_000, collateral: UInt64(whole * share * (kind == .put ? 1e6 : 1e8)))
    }

    mutating func tick(_ generator: inout SeededGenerator) {
        guard generator.below(3) > 0 else { return setClock(clock + Int64(generator.below(12_000)) + 1) }
        let size = generator.below(6) == 0 ? 0.05 : 0.006
        set(UInt64(Double(price) * (1 + size * (2 * generator.fraction() - 1))))
    }
}
