public import Units

/// Everything the core can be told. Plain values: no strings, no references, no clock.
///
/// An account's state spans several inputs: `accountBegins` with a count, then that many `accountLeg`s; it takes effect
/// with the last of them and not before.
public enum Input: Equatable, Sendable {
    case market(MarketDefinition)
    case reserve(ReserveDefinition)
    case price(ReserveIndex, Price)
    case indices(ReserveIndex, supply: Ray, borrow: Ray)
    case pool(ReserveIndex, Pool)
    case depthBegins(DepthUpdate)
    case depthRow(DepthRow)
    /// What configuration says of an asset, told once it is defined.
    case use(ReserveIndex, AssetUse)
    case lendingTerms(ReserveIndex, LendingTerms)
    case expiryTerms(ReserveIndex, ExpiryTerms)
    case optionTerms(ReserveIndex, OptionTerms)
    case parameter(ReserveIndex, MarginParameter, Int128)
    /// A bracket, and which one of its instrument: in order from the first.
    case tier(ReserveIndex, UInt8, MarginTier)
    case efficiencyMode(MarketIndex, EfficiencyTerms)
    /// Whether an asset belongs to an efficiency mode.
    case efficiencyMember(MarketIndex, category: UInt8, ReserveIndex, isMember: Bool)
    case totals(ReserveIndex, Totals)
    /// Cumulative funding for one unit of size.
    case funding(ReserveIndex, Int128)
    case quotes(ReserveIndex, PerpetualQuotes)
    case smile(ReserveIndex, Smile)
    case accountBegins(AccountUpdate)
    case accountLeg(Leg)
    case accountQuarantined(AccountIndex, MarketIndex, QuarantineReason)
    case gas(GasUpdate)
    case block(BlockUpdate)
    /// The stream is whole, or has a hole: markets it feeds are not acted on while it has.
    case stream(StreamCondition)
    /// What follows, up to the end, is the whole state of the stream: an account of it that is not mentioned is closed.
    case snapshotBegins(StreamIndex)
    case snapshotEnds(StreamIndex)
    case outcome(IntentOutcome)
    /// The wiring has resolved every unfinished intent (or has not): decisions may start.
    case armed(Bool)
    /// What an outside model made of a question.
    case advice(Advice)
    /// Gas that a transaction of an earlier run used, told once its market is defined.
    case gasUsed(MarketIndex, GasAction, GasUnits)
    /// A bid of an earlier run, told before decisions start.
    case past(PastOutcome)
    /// The state in which an earlier run ended.
    case restored(TradingState)
    /// An operator halts, or resumes.
    case command(OperatorCommand)
}

/// The head of an account's new state.
public struct AccountUpdate: Equatable, Sendable {
    public enum Kind: UInt8, Sendable {
        /// The legs that follow are the whole account.
        case state
        /// The legs that follow replace both sides of `reserve`; the rest of the account stays.
        case position
    }

    public var account: AccountIndex
    public var market: MarketIndex
    public var kind: Kind
    /// Meaningful for `position` only.
    public var reserve: ReserveIndex
    /// Counts the venue's changes of this account; an older version than the known one is ignored and counted.
    public var version: UInt64
    public var legs: UInt16
    public var traits: AccountTraits
    public var segments: Segments
    /// The owner's group, where it has one.
    public var group: GroupIndex?

    public init(
        account: AccountIndex, market: MarketIndex, kind: Kind, reserve: ReserveIndex, version: UInt64, legs: UInt16,
        traits: AccountTraits = .none, segments: Segments = [], group: GroupIndex? = nil
    ) {
        self.account = account
        self.market = market
        self.kind = kind
        self.reserve = reserve
        self.version = version
        self.legs = legs
        self.traits = traits
        self.segments = segments
        self.group = group
    }

    /// The most legs an account may have: 128 reserves on both sides fill half of it (Aave's user bitmap has 128 pairs of bits).
    public static let legsMax: UInt16 = 512
}

/// Whether a stream can be trusted.
public enum StreamCondition: Equatable, Sendable {
    /// A hole in the sequence, an epoch that changed, or nothing yet.
    case broken
    case whole
}

/// Why an account is left alone until its full state arrives again.
public enum QuarantineReason: UInt8, CaseIterable, Sendable {
    case unknownAsset, badAmount, tooManyLegs, malformed
    /// An attested level without a signature that verifies.
    case badAttestation
}

/// What gas was used for.
public enum GasAction: UInt8, CaseIterable, Sendable {
    case liquidation
    /// A call that came too late, or failed for another reason.
    case revert
}

/// What an operator may say to a running bot.
public enum OperatorCommand: UInt8, CaseIterable, Sendable {
    case halt, resume
}
