import Search
import Strategy
import StrategySearch
import Testing
import Units

@Suite struct StrategySpaceTests {
    @Test func `the default point is the strategy that nobody changed`() throws {
        let space = try StrategySpace(TunedParameter.standard, on: StrategyParameters())
        #expect(space.strategy(at: space.space.defaultPoint) == StrategyParameters())
        #expect(space.space.count == TunedParameter.standard.count)
    }

    @Test func `a strategy outside of the ends is refused`() throws {
        var base = StrategyParameters()
        base.deadlineBlocks = 5_000
        #expect(throws: SearchSpaceError(.defaultOutside, "deadline_blocks")) {
            try StrategySpace(TunedParameter.standard, on: base)
        }
    }

    @Test func `values are rounded to what the table counts in, and written by name`() throws {
        let space = try StrategySpace(TunedParameter.standard, on: StrategyParameters())
        let place = try #require(space.parameters.firstIndex { $0.name == "tip_share_bps" })
        let point = space.space.defaultPoint.with(2_345.6, at: place)
        #expect(space.values(at: point)[place].value == 2_346)
        #expect(space.strategy(at: point).tipShare == .basisPoints(2_346))
    }

    @Test func `what a trial asks for is checked by name, by range and against itself`() throws {
        let base = StrategyParameters()
        #expect(try base.changed(by: [("deadline_blocks", 7)]).deadlineBlocks == 7)
        #expect(throws: StrategyParameters.TrialFault(name: "deadline_blocks", found: "0", allowed: "1 to 10000")) {
            try base.changed(by: [("deadline_blocks", 0)])
        }
        #expect(throws: StrategyParameters.TrialFault.self) { try base.changed(by: [("no_such_thing", 0)]) }
        let crossed = [("rival_reservation_low_bps", Int64(9_000)), ("rival_reservation_high_bps", 1_000)]
        #expect(throws: StrategyParameters.TrialFault.self) {
            try base.changed(by: crossed.map { (name: $0.0, value: $0.1) })
        }
    }
}
