/// The ways in which a venue lets go of an account (or of what it took from one). `docs/mechanisms/README.md` has a row for each.
public enum Mechanism: UInt8, CaseIterable, Sendable {
    /// At the oracle's price plus a bonus that is fixed.
    case fixedPenalty
    /// Before the threshold, with a close factor and a bonus that grow towards it.
    case preLiquidation
    /// A price that falls with time until somebody takes.
    case dutchAuction
    /// Bids that outdo one another until time is up.
    case englishAuction
    /// A discount as large as the account is short, up to a bound.
    case healthDiscount
    /// The venue takes the whole account over from its owner.
    case absorption
    /// The venue sells what it absorbed at a discount.
    case storefront
    /// Depositors of a pool pay the debt and get the collateral; whoever starts it is paid for the gas.
    case stabilityPool
    /// Somebody else becomes the owner of a position.
    case takeover
    /// A position is closed in parts, as fast as a limit allows.
    case partialLiquidation
    /// Positions are closed against profitable ones on the other side.
    case deleveraging
    /// Work that is paid and needs no capital: starting, restarting, flagging.
    case keeperWork
    /// Offered within a band above the threshold, before anything may be forced.
    case softBand
    /// The owner asks for it.
    case selfDeleveraging
}

/// Who may take an offer.
public enum Audience: UInt8, CaseIterable, Sendable {
    case everyone
    /// Accounts that the venue has given a role: others see it happen.
    case roleHolders
    /// The venue's own machinery; others may only trade against it.
    case venueItself
}
