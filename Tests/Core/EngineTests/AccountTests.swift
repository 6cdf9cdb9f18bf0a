import Domain
import Engine
import Testing
import Units

@Suite struct AccountTests {
    @Test func `an older version changes nothing and is counted`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000, version: 5)
        world.open(0, weth: 10, usdc: 100_000, version: 4)
        #expect(world.liquidatable == [])
        #expect(world.take().ignored.contains(.olderVersion))
    }

    @Test func `a position replaces one asset and leaves the others`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 15_000)
        world.step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(0), market: LendingWorld.market, kind: .position, reserve: LendingWorld.usdc,
                    version: 2, legs: 1)))
        world.step(.accountLeg(Leg(LendingWorld.usdc, .debt, 17_000_000_000)))
        #expect(world.liquidatable == [0])
        #expect(world.take().intents.first?.figures.repay == 8_500_000_000)
    }

    @Test func `half an account takes no effect`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 15_000)
        world.step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(0), market: LendingWorld.market, kind: .state, reserve: LendingWorld.usdc,
                    version: 2, legs: 2)))
        world.step(.accountLeg(Leg(LendingWorld.usdc, .debt, 17_000_000_000)))
        #expect(world.liquidatable == [])
    }

    @Test func `another stream's snapshot that comes in between closes nobody`() {
        var world = LendingWorld()
        world.step(.snapshotBegins(LendingWorld.stream))
        world.open(0, weth: 10, usdc: 16_000)
        world.step(.snapshotBegins(StreamIndex(7)))
        world.step(.snapshotEnds(StreamIndex(7)))
        world.step(.snapshotEnds(LendingWorld.stream))
        world.price(1_900)
        #expect(world.liquidatable == [0])
    }

    @Test func `an account that a snapshot does not mention has closed`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 17_000)
        world.open(1, weth: 10, usdc: 17_000)
        #expect(world.liquidatable == [0, 1])
        world.step(.snapshotBegins(LendingWorld.stream))
        world.open(1, weth: 10, usdc: 17_000)
        world.step(.snapshotEnds(LendingWorld.stream))
        #expect(world.liquidatable == [1])
    }

    @Test func `a new threshold is judged at once`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        world.define(threshold: 7_900)
        #expect(world.liquidatable == [0])
        world.define(threshold: 8_250)
        #expect(world.liquidatable == [])
    }

    @Test func `borrow interest alone can carry an account over the edge`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        let index = Ray(Ray.one.value / 100 * 104)
        world.step(.indices(LendingWorld.usdc, supply: .one, borrow: index))
        #expect(world.liquidatable == [0])
    }

    @Test func `accounts that arrive before any price are watched from the first price on`() {
        var world = LendingWorld()
        let late = ReserveIndex(2)
        world.step(
            .reserve(
                ReserveDefinition(
                    reserve: late, market: LendingWorld.market, decimals: 8, liquidationThreshold: .basisPoints(7_000),
                    liquidationBonus: .basisPoints(11_000), protocolFee: .zero, scalePartsPerMillion: 2_500)))
        world.step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(3), market: LendingWorld.market, kind: .state, reserve: late, version: 1,
                    legs: 2)))
        world.step(.accountLeg(Leg(late, .collateral, 1_00000000)))
        world.step(.accountLeg(Leg(LendingWorld.usdc, .debt, 20_000_000_000)))
        #expect(world.liquidatable == [])
        world.step(.price(late, Price(baseUnits: 25_000_00000000)))
        #expect(world.liquidatable == [3])
        world.step(.price(late, Price(baseUnits: 30_000_00000000)))
        #expect(world.liquidatable == [])
    }

    @Test func `prices of unknown reserves, zero prices and stray legs are counted and change nothing`() {
        var world = LendingWorld()
        world.open(0, weth: 10, usdc: 16_000)
        world.step(.price(ReserveIndex(9), Price(baseUnits: 1)))
        world.step(.price(LendingWorld.weth, Price(baseUnits: 0)))
        world.step(.accountLeg(Leg(LendingWorld.weth, .debt, 1)))
        #expect(world.take().ignored == [.unknownReserve, .zeroPrice, .orphanLeg])
        #expect(world.liquidatable == [])
    }
}
