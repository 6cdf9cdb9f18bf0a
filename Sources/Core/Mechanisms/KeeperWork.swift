package import Domain
package import Units

/// Work on an account or an auction that is paid and needs no capital: starting or restarting an auction, flagging, absorbing.
///
/// Example: a `bark` that pays a tip of 300 and a tenth of a per cent of the tab. Its value is the rewards less the gas.
package struct KeeperWork: Offer {
    package let mechanism: Mechanism
    package let audience: Audience
    /// What the work is done for: what the account owes, and what is taken from it. Nothing of either changes hands with us.
    package let pays: ReserveIndex
    package let receives: ReserveIndex
    package let window: OfferWindow
    package let rewards: Rewards
    /// What the venue loses by it, in units of `pays`.
    package let badDebt: TokenAmount

    package init(
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

    package var payable: ClosedRange<TokenAmount> { 0...0 }

    package func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount == 0 else { return .failure(.tooMuchRepay) }
        return .success(Exchange(paid: 0, received: 0, rewards: rewards, badDebt: badDebt))
    }
}
