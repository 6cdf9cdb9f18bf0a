import Domain
import Mechanisms
import Strategy

/// What a pair promises, in doubles: which pairs of an account are worth working out.
extension Engine {
    /// No more than so much is a pair worth, by the venue's bound; without end where there is none.
    func promise(
        of subject: LiquidationSubject, _ mechanism: any FixedPenaltyRules, in cash: ReserveIndex
    ) -> Double {
        guard let bound = mechanism.liquidationBound(of: subject, in: reserves), reserves.knows(cash),
            case let unit = reserves.rough(cash).price, unit > 0
        else { return .infinity }
        let (collateral, debt) = (reserves.rough(subject.pair.collateral), reserves.rough(subject.pair.debt))
        let seized = bound.seizedPerUnit * collateral.price
        // The venue's roundings, of some units on either side, are no more than these.
        let units = 64 * (collateral.price + seized + debt.price)
        let most = bound.repay * max(seized * (1 + 1e-9) - debt.price, 0) + units
        return most / unit * (1 + 1e-9) + 2
    }
}
