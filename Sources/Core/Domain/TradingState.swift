public import Units

/// Whether the bot may take on anything new.
///
/// | state | what is allowed | how it ends |
/// |---|---|---|
/// | `active` | everything | a limit is met |
/// | `reducing` | nothing new; open bids are seen through | by itself, when what caused it has passed |
/// | `halted` | the same | only when an operator says `resume` |
///
/// It survives a restart: a bot that was halted starts halted.
public enum TradingState: UInt8, CaseIterable, Sendable {
    case active, reducing, halted

    /// Why a new bid is refused in this state.
    public var refusal: Refusal? {
        switch self {
        case .active: nil
        case .reducing: .reducing
        case .halted: .halted
        }
    }
}

/// What moved the bot from one state to another.
public enum TradingCause: UInt8, CaseIterable, Sendable {
    /// Nothing stands against acting any more.
    case recovered
    case operatorResumed, operatorHalted
    case dailyLoss, consecutiveFailures
    case gasBudget, revertRatio, roundTrip

    /// The state that it asks for.
    public var state: TradingState {
        switch self {
        case .recovered, .operatorResumed: .active
        case .gasBudget, .revertRatio, .roundTrip: .reducing
        case .operatorHalted, .dailyLoss, .consecutiveFailures: .halted
        }
    }
}

/// A step from one state to another.
public struct TradingChange: Equatable, Sendable {
    public var state: TradingState
    public var cause: TradingCause
    public var at: Moment

    public init(_ state: TradingState, _ cause: TradingCause, at: Moment) {
        self.state = state
        self.cause = cause
        self.at = at
    }
}
