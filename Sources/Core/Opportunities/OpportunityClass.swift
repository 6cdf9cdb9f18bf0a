public import Domain

/// What became of an account that could be taken. Each one ends in exactly one class, in paper and live alike.
public enum OpportunityClass: UInt8, CaseIterable, Sendable {
    /// A bid of ours was executed.
    case won
    /// We bid, and somebody else was first.
    case outbid
    /// Somebody else took it before we bid, or our bid ran out of time.
    case late
    /// Not worth it: profit, return or expected value too small, or nothing that the venue would execute.
    case unprofitable
    /// We chose not to, for a reason of configuration or state.
    case refused
    /// Our bid was executed and failed.
    case reverted
    /// The owner mended it, or the price came back, before anything could be decided.
    case repaidByOwner
    /// Money, gas money or a limit on either did not suffice.
    case capital
    /// What we were told was too old, broken or in doubt.
    case staleFeed
    /// It was taken, and we never knew that it could be.
    case notSeen

    /// The class of an account that was left alone for this reason.
    public init(_ refusal: Refusal) {
        self =
            switch refusal {
            case .belowMinimumProfit, .belowMinimumReturn, .belowExpectedValue, .venueWouldRevert: .unprofitable
            case .capitalExhausted, .gasMoneyExhausted, .tooManyOpen, .assetExposure, .marketExposure, .notInPlan:
                .capital
            case .streamBroken, .accountQuarantined, .inputMissing, .priceStale, .priceDisputed, .awaitingFeed:
                .staleFeed
            case .notArmed, .excludedSegment, .noMechanism, .reducing, .halted, .modelDeclined, .modelUnusable,
                .inFlight:
                .refused
            }
    }
}

/// How an account changed, as far as the feed tells it.
public struct AccountChange: Equatable, Sendable {
    public var collateralFell: Bool
    public var debtFell: Bool

    public init(collateralFell: Bool, debtFell: Bool) {
        self.collateralFell = collateralFell
        self.debtFell = debtFell
    }

    /// Both sides fell: it looks like a liquidation.
    var looksTaken: Bool { collateralFell && debtFell }
}
