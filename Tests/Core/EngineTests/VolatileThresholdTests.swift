import Aave
import Domain
import Engine
import Margin
import Testing
import Units

/// Thresholds that follow volatility, in the engine: they move with the prices' moves and re-weigh their accounts.
@Suite struct VolatileThresholdTests {
    private static let wad: Int128 = 1_000_000_000_000_000_000

    private static let policy: [(MarginParameter, Int128)] = [
        (.volatilityHalfLife, 60), (.volatilityHorizon, 3_600), (.volatilityTail, wad / 100),
        (.volatilityDegrees, 4 * wad), (.thresholdLeast, 6_000), (.thresholdMost, 8_250), (.thresholdHourlyMove, 3_600),
    ]

    private func world() -> LendingWorld {
        var world = LendingWorld()
        for (parameter, value) in Self.policy { world.step(.parameter(LendingWorld.weth, parameter, value)) }
        return world
    }

    @Test func `a wild market lowers the threshold point by point, and accounts cross without a lower price`() {
        var world = world()
        world.open(0, weth: 1, usdc: 1_500)
        #expect(world.liquidatable.isEmpty)
        let start = world.threshold
        world.swing(seconds: 60, wild: true)
        #expect(start == .basisPoints(8_250))
        // One basis point a second since the policy came.
        #expect(world.threshold == .basisPoints(8_190))
        world.swing(seconds: 1_000, wild: true)
        #expect(world.liquidatable == [0])
        #expect(world.threshold < .basisPoints(7_500))
    }

    @Test func `a calm market leaves it where it is, and brings it back`() {
        var world = world()
        world.swing(seconds: 600, wild: true)
        let low = world.threshold
        world.swing(seconds: 3_000, wild: false)
        #expect(low < .basisPoints(7_800))
        #expect(world.threshold == .basisPoints(8_250))
    }

    @Test func `half a policy is none, and a definition that comes again does not undo a whole one`() {
        var half = LendingWorld()
        for (parameter, value) in Self.policy.dropLast() { half.step(.parameter(LendingWorld.weth, parameter, value)) }
        half.swing(seconds: 600, wild: true)
        #expect(half.threshold == .basisPoints(8_250))
        var whole = world()
        whole.swing(seconds: 600, wild: true)
        let low = whole.threshold
        whole.define(threshold: 8_250)
        #expect(whole.threshold == low)
    }
}

extension LendingWorld {
    var threshold: BasisPoints { engine.reserves.row(Self.weth)?.liquidationThreshold ?? .zero }

    /// A price a second that goes up and down by half a per cent, or by a hundredth of one.
    mutating func swing(seconds: Int, wild: Bool) {
        for second in 0..<seconds {
            clock += 1_000_000_000
            let away: UInt64 = wild ? 10_00000000 : 20000000
            let price = 2_000_00000000 + (second % 2 == 0 ? away : 0)
            engine.step(
                .price(Self.weth, Price(baseUnits: UInt128(price))), from: Self.stream, at: Moment(nanoseconds: clock),
                into: &outputs)
        }
    }
}
