public import Domain
public import Units

/// One thing that a venue offers on an account (or an auction) at a moment, with all that is needed to work out any size of
/// it to the unit.
///
/// Example: half of a debt of 17 000 USDC against WETH is an offer that pays USDC, receives WETH and takes 1...8 500 000 000.
/// An offer is a value of the state it was made from: when a price or a balance changes, ask the venue again.
///
/// `exchange` decides: a size within `payable` may still be lowered (the exchange says what was paid) or refused.
public protocol Offer: Sendable {
    var mechanism: Mechanism { get }
    var audience: Audience { get }
    /// What we give.
    var pays: ReserveIndex { get }
    /// What we get.
    var receives: ReserveIndex { get }
    /// Sizes that are accepted, in units of `pays`; 0...0 where no capital is needed.
    var payable: ClosedRange<TokenAmount> { get }
    var window: OfferWindow { get }
    /// What paying so much would do, to the unit, or why the venue would refuse.
    func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert>
}

extension Offer {
    public var audience: Audience { .everyone }
}

/// When an offer stands, by the state from which it was made.
public struct OfferWindow: Equatable, Sendable {
    public var opens: Moment
    /// The last moment at which it stands; `nil` when only a change of state ends it.
    public var closes: Moment?

    public init(opens: Moment, closes: Moment? = nil) {
        self.opens = opens
        self.closes = closes
    }

    public func contains(_ moment: Moment) -> Bool {
        moment >= opens && closes.map { moment <= $0 } ?? true
    }
}

/// What one taker pays and gets, to the unit.
public struct Exchange: Equatable, Sendable {
    /// In units of the offer's `pays`: at most what was asked.
    public var paid: TokenAmount
    /// In units of the offer's `receives`, the venue's fee taken off.
    public var received: TokenAmount
    /// What the venue keeps of it, in units of `receives`.
    public var protocolFee: TokenAmount
    /// Paid to us on top, in other assets than what is exchanged.
    public var rewards: Rewards
    /// What nobody will pay afterwards, in units of `pays`.
    public var badDebt: TokenAmount

    public init(
        paid: TokenAmount, received: TokenAmount, protocolFee: TokenAmount = 0, rewards: Rewards = .none,
        badDebt: TokenAmount = 0
    ) {
        self.paid = paid
        self.received = received
        self.protocolFee = protocolFee
        self.rewards = rewards
        self.badDebt = badDebt
    }
}

/// Up to two rewards, in place: no array.
public struct Rewards: Equatable, Sendable {
    public var first: Reward?
    public var second: Reward?

    public init(_ first: Reward? = nil, _ second: Reward? = nil) {
        self.first = first
        self.second = second
    }

    public static let none = Rewards()
}

/// So much of an asset.
public struct Reward: Equatable, Sendable {
    public var asset: ReserveIndex
    public var amount: TokenAmount

    public init(_ asset: ReserveIndex, _ amount: TokenAmount) {
        self.asset = asset
        self.amount = amount
    }
}
