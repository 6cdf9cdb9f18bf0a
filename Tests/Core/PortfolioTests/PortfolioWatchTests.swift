import Domain
import Margin
import Portfolio
import Testing
import Units

/// Books of options under the index, against brute force with the plain reference after every tick.
@Suite struct PortfolioWatchTests {
    @Test(arguments: 0..<10)
    func `a book of options never crosses unnoticed, and is ranked as brute force ranks it`(block: UInt64) {
        var crossings = 0
        for seed in block * 100..<block * 100 + 100 {
            var world = PortfolioWorld(seed: seed)
            for number in 0..<8 where world.failure == nil { world.tick(number) }
            #expect(world.failure == nil, "seed \(seed), model \(world.market.model): \(world.failure ?? "")")
            crossings += world.crossings
        }
        #expect(crossings > 20, "worlds in which next to nothing happened prove nothing: \(crossings)")
    }

    @Test func `a quiet tick looks at no book`() {
        var world = PortfolioWorld(seed: 1, accounts: 6, cushion: 5_000_000_000_000)
        let before = world.market.watch.index.evaluations
        for round in 0..<40 {
            let price = world.market.forwards[0]
            world.market.setForward(0, round % 2 == 0 ? price + 1_000 : price - 1_000)
        }
        #expect(world.market.watch.index.evaluations == before)
    }

    @Test func `another rate reaches whoever holds an option of the expiry`() {
        var world = PortfolioWorld(seed: 6)
        for account in world.market.holdings.indices {
            // All on one expiry, far from everything.
            let option = world.market.addSeries(2, strike: 300_000_000_000, isCall: true)
            world.market.place(account, .init(options: [option: -1_000], cash: 90_000_000_000))
        }
        world.market.watch.clearTouched()
        var smile = world.market.smiles[2]
        smile.rate = -2_000_000_000
        world.market.setSmile(2, smile)
        #expect(world.market.watch.index.touched.count == world.market.holdings.count)
    }
}

/// A market with a few accounts, checked after each tick.
private struct PortfolioWorld: ~Copyable {
    var generator: SeededGenerator
    var market: OptionMarket
    var isBelow: [Bool] = []
    var failure: String?
    var crossings = 0

    init(seed: UInt64, accounts: Int = 2, cushion: Int64 = 0) {
        generator = SeededGenerator(seed: seed)
        market = .random(&generator, model: Int(seed % 5))
        for account in 0..<accounts {
            var holding = market.randomHolding(&generator, options: generator.within(1...3))
            holding.cash += cushion
            market.place(account, holding)
            isBelow.append(market.reference(holding).margin(market.model) < 0)
        }
        if let wrong = market.watch.index.violatedInvariant() { failure = wrong }
    }

    mutating func tick(_ number: Int) {
        market.watch.clearTouched()
        market.tick(&generator)
        check()
        if number % 4 == 3 { checkRanking() }
    }

    private mutating func check() {
        var touched: Set<AccountIndex> = []
        for position in 0..<market.watch.index.touched.count { touched.insert(market.watch.index.touched[position]) }
        for account in market.holdings.indices {
            let holding = market.holdings[account]
            let margin = market.reference(holding).margin(market.model)
            if let own = market.margin(holding), abs(own - margin) > 1e-9 * market.gross(holding) {
                failure = "account \(account): margin \(own), should be \(margin)"
            }
            // Nobody can say on which side so small a sum is.
            guard abs(margin) > 1e-9 * market.gross(holding) else { continue }
            if market.watch.isLiquidatable(AccountIndex(account)) != (margin < 0) {
                let zone = market.watch.index.book.zone(of: AccountIndex(account))
                failure = "account \(account): \(margin) unnoticed, \(zone)"
            }
            guard isBelow[account] != (margin < 0) else { continue }
            isBelow[account] = margin < 0
            crossings += 1
            if !touched.contains(AccountIndex(account)) { failure = "account \(account) crossed and nobody was told" }
        }
    }

    private mutating func checkRanking() {
        var ranks: [Double] = []
        for account in market.holdings.indices {
            let zone = market.watch.index.book.zone(of: AccountIndex(account))
            guard zone == .cold || zone == .hot, let distance = market.watch.localDistance(of: AccountIndex(account))
            else { continue }
            ranks.append(distance)
        }
        ranks.sort()
        let nearest = market.watch.nearest(2)
        if nearest.count != min(2, ranks.count) { failure = "\(nearest.count) ranked of \(ranks.count)" }
        for (rank, found) in nearest.enumerated() where abs(found.distance - ranks[rank]) > 1e-6 {
            failure = "rank \(rank) is \(found), should be \(ranks[rank])"
        }
    }
}
