import Domain
import Margin
import MarginEngine
import Testing
import Units

@testable import Episodes

struct SafeAccountsTests {
    private static let floor = UInt256(1_050_000_000_000_000_000 as UInt128)

    @Test(.enabled(if: RecordedData.isPresent, "needs the recorded episodes: set BAILIFF_DATA"))
    func `a sample of the crowd stays at or above 1.05 at every distinct price moment of the recorded January`() throws
    {
        let episode = try RecordedData.imported.get().episode
        let crowd = episode.accounts.filter { $0.fate == .safe }
        #expect(crowd.count == 200)
        // Every fortieth: 5 accounts at some 43 000 moments each.
        let sample = stride(from: 0, to: crowd.count, by: 40).map { crowd[$0] }
        var judge = Judge(episode.reserves)
        var judged = 0
        var below: [String] = []
        for (index, timed) in episode.events.enumerated() {
            guard case .price(let reserve, let price) = timed.event else { continue }
            judge.set(reserve, price)
            guard index + 1 == episode.events.count || episode.events[index + 1].moment != timed.moment else {
                continue
            }
            for account in sample {
                judged += 1
                let health = judge.health(of: account.legs)
                if (health?.healthFactor ?? .zero) < Self.floor { below.append("\(account.name) at \(timed.moment)") }
            }
        }
        #expect(judged > 200_000)
        #expect(below == [])
    }

    private static let reserves = DemoReserve.episodeReserves
    private static let prices: [UInt128] = reserves.indices.map {
        $0 == 0 ? RecordedLiquidation.wei : 800_000_000_000_000
    }

    private func crowd(falling factor: UInt128) -> SafeAccounts {
        SafeAccounts(
            Self.reserves, startPrices: Self.prices, ranges: Self.prices.map { $0 / factor...$0 * factor })
    }

    @Test func `collaterals are judged at their lowest and debts at their highest price`() {
        let debt = Leg(DemoReserve.cash, .debt, 100_000_000_000_000_000_000)
        // 0.08 ether owed now, 0.16 at the highest: 0.204 ether at a threshold of 82.5 % is 1.0519 then.
        let enough = Leg(DemoReserve.native, .collateral, 408_000_000_000_000_000)
        let short = Leg(DemoReserve.native, .collateral, 407_000_000_000_000_000)
        #expect(crowd(falling: 2).isSafe([enough, debt]))
        #expect(!crowd(falling: 2).isSafe([short, debt]))
        #expect(crowd(falling: 1).isSafe([short, debt]))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `sizes run from 0.1 to 200 ether, and the octaves are evenly filled`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let accounts = crowd(falling: 2).accounts(2_000, &random)
        let worths = accounts.map { account in
            account.legs.filter { $0.factor.side == .collateral }.reduce(0.0) { sum, leg in
                let row = Self.reserves[leg.factor.reserve.position].definition
                let unit = Decimals.powerOfTen(row.decimals).approximate
                return sum + leg.amount.approximate / unit * Self.prices[leg.factor.reserve.position].approximate / 1e18
            }
        }
        #expect(worths.allSatisfy { (0.0999...200.0001).contains($0) }, "seed \(seed)")
        // Eleven octaves: below 3.2 ether lie five of them.
        let small = worths.count { $0 < 3.2 }
        #expect((800...1_020).contains(small), "seed \(seed): \(small)")
    }
}
