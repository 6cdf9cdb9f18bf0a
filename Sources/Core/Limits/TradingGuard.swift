public import Domain
public import Units

/// All limits that have a memory, and the state that follows from them. Each limit is its own file.
///
/// Outcomes go in; a change of state comes out when there is one. The worst cause decides; a halt stays until an operator
/// resumes, and then everything is counted anew.
public struct TradingGuard: Sendable {
    public private(set) var state: TradingState
    public var exposure = Exposure()
    private let limits: LimitSettings
    private var loss = DailyLoss()
    private var streak = FailureStreak()
    private var gas = HourlyGas()
    private var reverts = RevertRatio()
    private var roundTrip = RoundTrip()

    public init(_ limits: LimitSettings, from state: TradingState = .active) {
        self.limits = limits
        self.state = state
    }

    /// Takes up the state in which an earlier run ended.
    public mutating func restore(_ state: TradingState) { self.state = state }

    /// One bid has ended.
    public mutating func settle(
        _ outcome: IntentOutcome, gasInCash: TokenAmount, took: Interval?, at moment: Moment
    ) -> TradingChange? {
        exposure.release(outcome.ordinal)
        return note(
            outcome.ending, profit: outcome.cash + .cost(gasInCash), gasPaid: outcome.gasPaid, took: took, at: moment)
    }

    /// The same for a bid of an earlier run, so that a restart does not forget what was lost.
    public mutating func note(
        _ ending: IntentOutcome.Ending, profit: Cash, gasPaid: Wei, took: Interval?, at moment: Moment
    ) -> TradingChange? {
        loss.add(profit, at: moment)
        streak.add(ending)
        gas.add(gasPaid, at: moment)
        reverts.add(ending, at: moment)
        if let took { roundTrip.add(took, at: moment) }
        return review(at: moment)
    }

    /// Looks whether the state still fits: with every block, since some causes pass with time.
    public mutating func review(at moment: Moment) -> TradingChange? {
        guard state != .halted else { return nil }
        return move(to: worstCause(at: moment) ?? .recovered, at: moment)
    }

    public mutating func halt(at moment: Moment) -> TradingChange? { move(to: .operatorHalted, at: moment) }

    public mutating func resume(at moment: Moment) -> TradingChange? {
        (loss, streak, gas, reverts, roundTrip) = (
            DailyLoss(), FailureStreak(), HourlyGas(), RevertRatio(), RoundTrip()
        )
        return move(to: .operatorResumed, at: moment)
    }

    private mutating func worstCause(at moment: Moment) -> TradingCause? {
        if loss.isExceeded(limits.dailyLossMax) { return .dailyLoss }
        if streak.isExceeded(limits.consecutiveFailuresMax) { return .consecutiveFailures }
        if gas.isExceeded(limits.hourlyGasMax, at: moment) { return .gasBudget }
        if reverts.isExceeded(limits.revertRatioMax, at: moment) { return .revertRatio }
        if roundTrip.isExceeded(limits.roundTripMax, at: moment) { return .roundTrip }
        return nil
    }

    private mutating func move(to cause: TradingCause, at moment: Moment) -> TradingChange? {
        guard cause.state != state else { return nil }
        state = cause.state
        return TradingChange(state, cause, at: moment)
    }
}
