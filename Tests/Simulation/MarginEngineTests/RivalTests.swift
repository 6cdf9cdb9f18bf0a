import Domain
import MarginEngine
import Strategy
import Submission
import Testing
import Units

struct RivalTests {
    private func settings(_ delay: ClosedRange<UInt64>, presence: BasisPoints = .whole, seed: UInt64 = 1)
        -> WorldSettings
    {
        var settings = WorldSettings()
        settings.seed = seed
        settings.rivals = [
            RivalProfile(
                liquidator: Liquidator(name: "rival", cash: 100_000_000_000, gasMoney: 10 * oneETH),
                delayBlocks: delay, presence: presence)
        ]
        return settings
    }

    @Test(arguments: [0, 1, 4] as [UInt64])
    func `a rival takes an account so many blocks after its fall`(delay: UInt64) {
        var fixture = WorldFixture(settings: settings(delay...delay))
        _ = fixture.world.closeBlock()
        fixture.world.apply(price(weth, 1_800))
        for _ in 0..<delay { #expect(fixture.world.closeBlock().endings.isEmpty) }
        #expect(fixture.world.closeBlock().endings.map(\.ending) == [.settled])
        #expect(fixture.world.ledger.liquidators[2].cash > Cash(units: 100_000_000_000))
    }

    @Test func `who comes after the rival is outbid`() throws {
        var fixture = WorldFixture(settings: settings(0...0))
        fixture.world.apply(price(weth, 1_870))
        let order = try fixture.order(tip: 0)
        #expect(fixture.world.submit(order, digest: []) == .accepted)
        _ = fixture.world.closeBlock()
        #expect(fixture.world.ending(of: order) == .outbid)
    }

    @Test func `a rival that is there half of the time takes half of the falls`() {
        var taken = 0
        for seed in 0..<200 as Range<UInt64> {
            var fixture = WorldFixture(settings: settings(0...0, presence: .basisPoints(5_000), seed: seed))
            fixture.world.apply(price(weth, 1_800))
            taken += fixture.world.closeBlock().endings.count
        }
        #expect((70...130).contains(taken))
    }

    @Test func `a rival wants its minimum profit`() {
        var greedy = settings(0...0)
        greedy.rivals[0].parameters.minimumProfitMicros = 1_000_000_000_000
        var fixture = WorldFixture(settings: greedy)
        fixture.world.apply(price(weth, 1_800))
        for _ in 0..<20 { #expect(fixture.world.closeBlock().endings.isEmpty) }
    }
}
