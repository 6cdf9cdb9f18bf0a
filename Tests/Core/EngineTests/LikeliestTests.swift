import Domain
import Engine
import Forecast
import Margin
import Testing
import Units

@Suite struct LikeliestTests {
    @Test func `those who are nearer for their own moves are likelier to cross`() {
        var world = LendingWorld()
        world.open(0, weth: 1, usdc: 1_640)
        world.open(1, weth: 1, usdc: 1_648)
        world.open(2, weth: 1, usdc: 1_000)
        let found = world.engine.likeliest(5)
        #expect(found.map(\.account.raw) == [1, 0])
        #expect(found.allSatisfy { $0.probability > 0 && $0.probability < 1 })
        #expect((found.first?.probability ?? 0) > (found.last?.probability ?? 1))
    }

    @Test func `who is below the edge has crossed for certain`() {
        var world = LendingWorld()
        world.open(0, weth: 1, usdc: 1_650)
        world.price(1_999)
        #expect(world.engine.likeliest(1).map(\.probability) == [1])
    }
}
