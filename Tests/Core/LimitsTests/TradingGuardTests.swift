import Domain
import Limits
import Testing
import Units

@Suite struct TradingGuardTests {
    private static let noon = Moment(nanoseconds: 1_700_000_000_000_000_000)

    private static func outcome(_ ending: IntentOutcome.Ending, cash: Int128 = 0, gas: Wei = 0) -> IntentOutcome {
        IntentOutcome(
            ordinal: 0, ending: ending, repaid: 0, seized: 0, cash: Cash(units: cash), gasPaid: gas,
            block: BlockNumber(1))
    }

    @Test func `a day's loss halts, and only an operator resumes`() {
        var limits = LimitSettings()
        limits.dailyLossMax = 1_000
        var state = TradingGuard(limits)
        #expect(state.settle(Self.outcome(.settled, cash: -600), gasInCash: 400, took: nil, at: Self.noon) == nil)
        let change = state.settle(Self.outcome(.settled, cash: -1), gasInCash: 0, took: nil, at: Self.noon)
        #expect(change == TradingChange(.halted, .dailyLoss, at: Self.noon))
        #expect(state.review(at: Self.noon + .seconds(90_000)) == nil && state.state == .halted)
        #expect(state.resume(at: Self.noon)?.state == .active)
    }

    @Test func `a new day starts at nothing`() {
        var limits = LimitSettings()
        limits.dailyLossMax = 1_000
        var state = TradingGuard(limits)
        for day in 0..<5 {
            let moment = Self.noon + .seconds(Int64(day) * 86_400)
            #expect(state.settle(Self.outcome(.settled, cash: -900), gasInCash: 0, took: nil, at: moment) == nil)
        }
    }

    @Test func `failures in a row halt; being outbid is none, and a success clears them`() {
        var limits = LimitSettings()
        (limits.consecutiveFailuresMax, limits.revertRatioMax) = (3, nil)
        var state = TradingGuard(limits)
        for ending in [.reverted, .expired, .outbid, .settled, .rejected, .reverted] as [IntentOutcome.Ending] {
            #expect(state.settle(Self.outcome(ending), gasInCash: 0, took: nil, at: Self.noon) == nil)
        }
        let change = state.settle(Self.outcome(.reverted), gasInCash: 0, took: nil, at: Self.noon)
        #expect(change?.cause == .consecutiveFailures)
    }

    @Test func `gas beyond an hour's budget reduces until the hour has passed`() {
        var limits = LimitSettings()
        limits.hourlyGasMax = 100
        var state = TradingGuard(limits)
        _ = state.settle(Self.outcome(.settled, gas: 60), gasInCash: 0, took: nil, at: Self.noon)
        let change = state.settle(
            Self.outcome(.settled, gas: 60), gasInCash: 0, took: nil, at: Self.noon + .seconds(600))
        #expect(change?.state == .reducing && change?.cause == .gasBudget)
        #expect(state.review(at: Self.noon + .seconds(3_000)) == nil)
        #expect(state.review(at: Self.noon + .seconds(3_601))?.state == .active)
    }

    @Test func `too many paid failures reduce, once there are enough outcomes to say so`() {
        var limits = LimitSettings()
        (limits.revertRatioMax, limits.consecutiveFailuresMax) = (.basisPoints(5_000), nil)
        var state = TradingGuard(limits)
        for _ in 0..<7 {
            #expect(state.settle(Self.outcome(.outbid), gasInCash: 0, took: nil, at: Self.noon) == nil)
        }
        #expect(state.settle(Self.outcome(.outbid), gasInCash: 0, took: nil, at: Self.noon)?.cause == .revertRatio)
        #expect(state.review(at: Self.noon + .seconds(59)) == nil)
        #expect(state.review(at: Self.noon + .seconds(60))?.state == .active)
        _ = state.review(at: Self.noon)
        for _ in 0..<7 { _ = state.settle(Self.outcome(.settled), gasInCash: 0, took: nil, at: Self.noon) }
        #expect(state.settle(Self.outcome(.settled), gasInCash: 0, took: nil, at: Self.noon)?.cause == .recovered)
    }

    @Test func `a slow round trip trips the breaker, which lets a probe through later`() {
        var limits = LimitSettings()
        limits.roundTripMax = .milliseconds(500)
        var state = TradingGuard(limits)
        let change = state.settle(Self.outcome(.settled), gasInCash: 0, took: .seconds(1), at: Self.noon)
        #expect(change?.cause == .roundTrip)
        #expect(state.review(at: Self.noon + .seconds(29)) == nil)
        #expect(state.review(at: Self.noon + .seconds(30))?.state == .active)
    }

    @Test func `a bot that was halted starts halted`() {
        let state = TradingGuard(LimitSettings(), from: .halted)
        #expect(state.state.refusal == .halted)
    }
}
