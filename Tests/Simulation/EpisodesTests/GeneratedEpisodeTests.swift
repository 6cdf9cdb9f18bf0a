import Domain
import Margin
import MarginEngine
import Testing
import Units

@testable import Episodes

struct GeneratedEpisodeTests {
    @Test func `the same seed gives the same episode and another seed another`() {
        let first = GeneratedEpisode.make(.init(seed: 5, accounts: 50, safeAccounts: 10, hours: 2))
        let second = GeneratedEpisode.make(.init(seed: 5, accounts: 50, safeAccounts: 10, hours: 2))
        let other = GeneratedEpisode.make(.init(seed: 6, accounts: 50, safeAccounts: 10, hours: 2))
        #expect(first.events == second.events)
        #expect(first.events != other.events)
    }

    @Test func `it says that it is synthetic and what it is shaped after`() {
        let episode = GeneratedEpisode.make(.init(accounts: 1, safeAccounts: 0, hours: 1))
        #expect(episode.isSynthetic)
        #expect(episode.title.hasPrefix("synthetic, shaped after 11 January 2021"))
        #expect(episode.marketName == "demo-lending")
        #expect(episode.rulesName == "aave-2")
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `between 60 and 150 of 600 accounts cross, and none is below the edge at its opening`(seed: UInt64) {
        let fates = Fates(GeneratedEpisode.make(.init(seed: seed, safeAccounts: 40)))
        #expect((60...150).contains(fates.crossed.count), "seed \(seed): \(fates.crossed.count)")
        #expect(fates.liquidatableAtStart == [], "seed \(seed)")
        #expect(fates.unsafe == [], "seed \(seed)")
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `ether falls by about 27 percent in dollars`(seed: UInt64) throws {
        let episode = GeneratedEpisode.make(.init(seed: seed))
        let cash = episode.events.compactMap { timed -> UInt128? in
            if case .price(episode.cash, let price) = timed.event { price.baseUnits } else { nil }
        }
        // A dollar token's price in ether rises as ether falls: by 1 / 0.73.
        let rise = Double(try #require(cash.max())) / Double(try #require(cash.first))
        #expect((1.35...1.40).contains(rise), "seed \(seed): \(rise)")
    }

    @Test func `gas rises and depth falls with the price`() throws {
        let episode = GeneratedEpisode.make()
        var fees: [UInt64] = []
        var depths: [UInt128] = []
        for timed in episode.events {
            switch timed.event {
            case .gas(let baseFee, _, _): fees.append(baseFee.weiPerGas)
            case .pool(episode.native, let pool): depths.append(pool.assetReserve)
            default: break
            }
        }
        #expect(try #require(fees.max()) > 3 * (try #require(fees.first)))
        let (least, first) = (try #require(depths.min()), try #require(depths.first))
        #expect(least < first * 7 / 10)
    }

    @Test func `events are in order, and at one moment accounts stand before pools, gas and prices`() {
        let events = GeneratedEpisode.make(.init(hours: 1)).events
        for (a, b) in zip(events, events.dropFirst()) {
            #expect(
                a.moment < b.moment || a.moment == b.moment && EpisodeOrder.rank(a.event) <= EpisodeOrder.rank(b.event))
        }
    }

    @Test func `no hours at all are a mistake of the caller`() async {
        await #expect(processExitsWith: .failure) { _ = GeneratedEpisode.make(.init(hours: 0)) }
    }
}

/// Which accounts of an episode cross, by the exact rules at every settled price moment.
struct Fates {
    private(set) var crossed: Set<String> = []
    private(set) var liquidatableAtStart: [String] = []
    /// Safe accounts seen below 1.05.
    private(set) var unsafe: [String] = []

    init(_ episode: Episode) {
        var judge = Judge(episode.reserves)
        let accounts = episode.accounts
        let floor = UInt256(1_050_000_000_000_000_000 as UInt128)
        for (index, timed) in episode.events.enumerated() {
            guard case .price(let reserve, let price) = timed.event else { continue }
            judge.set(reserve, price)
            let next = index + 1 < episode.events.count ? episode.events[index + 1].moment : nil
            // Once a minute is enough to see who crosses, and quick.
            guard next != timed.moment, timed.moment == episode.start || index % 8 == 0 else { continue }
            for account in accounts where !crossed.contains(account.name) {
                guard let health = judge.health(of: account.legs) else { continue }
                if account.fate == .safe, health.healthFactor < floor { unsafe.append(account.name) }
                guard health.isLiquidatable else { continue }
                if timed.moment == episode.start { liquidatableAtStart.append(account.name) }
                crossed.insert(account.name)
            }
        }
    }
}
