import Liquidity
import Testing
import Units

@Suite struct TickMathTests {
    @Test func `the ends of the range and the middle are the contract's constants`() {
        #expect(TickMath.root(at: TickMath.least) == TickMath.leastRoot)
        #expect(TickMath.root(at: TickMath.most) == TickMath.mostRoot)
        #expect(TickMath.mostRoot.description == "1461446703485210103287273052203988822378723970342")
        #expect(TickMath.root(at: 0).description == "79228162514264337593543950336")
    }

    @Test func `a root squared grows by a ten thousandth a tick`() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let tick = Tick(generator.within(-600_000...600_000))
            let (root, next) = (TickMath.root(at: tick), TickMath.root(at: tick + 2))
            // root · 1.0001 = next, within a part in 10^9 where roots are that long.
            let expected = try #require(root.multiplied(by: 10_001, dividedRoundingDownBy: 10_000))
            let off = expected > next ? expected - next : next - expected
            #expect(off <= next.dividedRoundingDown(by: 1_000_000_000) + 2, "tick \(tick)")
        }
    }

    @Test func `a root's tick is the greatest whose root is not above`() {
        var generator = SeededGenerator(seed: 4)
        for round in 0..<3_000 {
            let tick = round < 3 ? Tick(round - 1) : Tick(generator.within(-887_271...887_270))
            let root = TickMath.root(at: tick)
            #expect(TickMath.tick(at: root) == tick)
            if tick > TickMath.least { #expect(TickMath.tick(at: root - 1) == tick - 1, "tick \(tick)") }
        }
    }

    @Test func `a tick out of range is the caller's fault`() async {
        await #expect(processExitsWith: .failure) { _ = TickMath.root(at: 887_273) }
        await #expect(processExitsWith: .failure) { _ = TickMath.tick(at: TickMath.mostRoot) }
    }
}
