/// Why we chose not to act. Counted and journalled; never an error.
public enum Refusal: UInt8, CaseIterable, Hashable, Sendable {
    /// Unfinished intents of an earlier run are still being resolved.
    case notArmed
    /// A stream that feeds the market has a hole.
    case streamBroken
    /// The account's last message could not be trusted.
    case accountQuarantined
    /// An intent for this account has not ended yet.
    case inFlight
    /// Settled, but the feed has not yet shown the account's new state.
    case awaitingFeed
    /// A price, pool, gas or block figure that the simulation needs has not arrived.
    case inputMissing
    /// The venue would revert: what would be left over is dust, or a leg is missing.
    case venueWouldRevert
    case belowMinimumProfit
    case belowMinimumReturn
    /// Every funding choice is used up by bids that are still open.
    case capitalExhausted
    case gasMoneyExhausted
    /// Too many intents are open already.
    case tooManyOpen
    /// The market or the account carries a tag that the configuration excludes from action.
    case excludedSegment
    /// The market is watched, but how its liquidations go is not known here.
    case noMechanism
    /// Open bids hold as much as may be held in the asset, or on the market.
    case assetExposure, marketExposure
    /// A price is older than allowed, or the oracle and the other sources have parted.
    case priceStale, priceDisputed
    /// The bot takes on nothing new until a limit is kept again, or until an operator resumes.
    case reducing, halted
    /// Expected to lose once the chance of being outbid and its cost are counted.
    case belowExpectedValue
    /// Other bids of the same moment are worth more of the capital or block gas that is there.
    case notInPlan
    /// The outside model did not bid, or what it said could not be used.
    case modelDeclined, modelUnusable

    /// As it is written in logs. Made once: to ask an enumeration for its name costs a microsecond.
    public var word: String { Self.words[Int(rawValue)] }

    private static let words = allCases.map { "\($0)" }
}
