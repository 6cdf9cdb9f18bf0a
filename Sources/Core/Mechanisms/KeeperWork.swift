public import Domain
public import Units

/// Work on an account or an auction that is paid and needs no capital: starting or restarting an auction, flagging, absorbing.
///
/// Example: a `bark` that pays a tip of 300 and a tenth of a per cent of the tab. Its value is the rewards less the gas.
public struct KeeperWork: Offer {
    public let mechanism: Mechanism
    public let audience: Audience
    /// What the work is done for: what the account owes, and what is taken from it. Nothing of either changes hands with us.
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let window: OfferWindow
    public let rewards: Rewards
    /// What the venue loses by it, in units of `pays`.
    public let badDebt: TokenAmount

    public init(
        _ mechanism: Mechanism = .keeperWork, audience: Audience = .everyone, pays: ReserveIndex,
        receives: ReserveIndex,
        rewards: Rewards, badDebt: TokenAmount = 0, at moment: Moment
    ) {
        self.mechanism = mechanism
        self.audience = audience
        self.pays = pays
        self.receives = receives
        self.rewards = rewards
        self.badDebt = badDebt
        window = OfferWindow(opens: moment)
    }

    public var payable: ClosedRange<TokenAmount> { 0...0 }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount == 0 else { return .failure(.tooMuchRepay) }
        return .success(Exchange(paid: 0, received: 0, rewards: rewards, badDebt: badDebt))
    }
}
