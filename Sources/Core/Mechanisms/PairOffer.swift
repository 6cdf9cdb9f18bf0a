public import Domain
public import Margin
public import Units

/// A fixed-penalty liquidation of one pair: the debt is paid, the collateral received.
///
/// Holds the table that it was made from: shared, not copied, as long as nobody changes the table meanwhile.
public struct PairOffer<Rules: FixedPenaltyRules>: Offer {
    public let rules: Rules
    public let subject: LiquidationSubject
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    private let reserves: ReserveTable

    /// `nil` when no size would be accepted.
    public init?(_ rules: Rules, _ subject: LiquidationSubject, at moment: Moment, in reserves: borrowing ReserveTable)
    {
        let most = rules.repayAvoidingDust(of: subject, in: reserves)
        guard most > 0 else { return nil }
        self.rules = rules
        self.subject = subject
        payable = 1...most
        window = OfferWindow(opens: moment)
        self.reserves = copy reserves
    }

    public var mechanism: Mechanism { .fixedPenalty }
    public var pays: ReserveIndex { subject.pair.debt }
    public var receives: ReserveIndex { subject.pair.collateral }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount <= payable.upperBound else { return .failure(.tooMuchRepay) }
        return rules.liquidation(repaying: amount, of: subject, in: reserves).map {
            Exchange(paid: $0.repay, received: $0.seize, protocolFee: $0.protocolFee, badDebt: $0.badDebt)
        }
    }
}

extension FixedPenaltyRules {
    /// Every pair of a collateral and a debt of a liquidatable account.
    public func visitPairs<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, closeFactor: BasisPoints,
        at moment: Moment, in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves),
            health.isLiquidatable
        else { return }
        for debt in factors.indices where factors[debt].side == .debt && amounts[debt] > 0 {
            for collateral in factors.indices where factors[collateral].side == .collateral && amounts[collateral] > 0 {
                let subject = LiquidationSubject.of(
                    collateral, debt, factors, amounts, health, closeFactor: closeFactor, traits)
                guard let offer = PairOffer(self, subject, at: moment, in: reserves) else { continue }
                visitor.visit(offer)
            }
        }
    }
}

extension LiquidationSubject {
    /// The pair of the legs at two positions, with the interest index at which the debt was last settled where the account
    /// keeps one.
    public static func of(
        _ collateral: Int, _ debt: Int, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>,
        _ health: AccountHealth, closeFactor: BasisPoints, _ traits: AccountTraits
    ) -> LiquidationSubject {
        LiquidationSubject(
            pair: LiquidationPair(collateral: factors[collateral].reserve, debt: factors[debt].reserve),
            scaledCollateral: amounts[collateral], scaledDebt: amounts[debt], health: health, closeFactor: closeFactor,
            traits: traits, settledIndex: amount(at: FactorIndex(factors[debt].reserve, .accrual), factors, amounts))
    }
}

/// What stands in an account's slot; `nil` when it has no such leg.
public func amount(
    at slot: FactorIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>
) -> TokenAmount? {
    for leg in factors.indices where factors[leg] == slot { return amounts[leg] }
    return nil
}
