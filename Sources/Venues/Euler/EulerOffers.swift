public import Domain
import Margin
public import Mechanisms
public import Units

/// Each collateral of an account in violation. The second of the account's last status check is the debt vault's leg on the
/// entry side; without it no cool-off is waited for. Whether losses are socialised is taken as the vaults' default: they are.
extension EulerRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let health = health(factors: factors, amounts: amounts, traits: traits, in: reserves),
            health.isLiquidatable, let leg = Self.debtLeg(factors, amounts),
            let debt = Self.owed(amounts[leg], factors[leg].reserve, factors, amounts, reserves),
            let discount = reserves.parameter(.discountMaximum, of: factors[leg].reserve)
                .flatMap({ UInt128(exactly: $0) }),
            let opens = Self.coolOffEnd(factors[leg].reserve, factors, amounts, reserves)
        else { return }
        let vault = factors[leg].reserve
        var state = EulerLiquidationState(
            weighted: health.collateral, liability: health.debt, debt: debt, balance: .zero, worth: .zero,
            discountMaximum: UInt256(discount), opens: opens)
        state.isOnlyCollateral = Self.collaterals(factors, amounts) == 1
        for leg in factors.indices where factors[leg].side == .collateral && amounts[leg] > 0 {
            guard let row = reserves.row(factors[leg].reserve), let worth = Self.quote(UInt256(amounts[leg]), row)
            else { continue }
            (state.balance, state.worth) = (UInt256(amounts[leg]), worth)
            guard let offer = EulerLiquidation(state, pays: vault, receives: factors[leg].reserve, at: moment)
            else { continue }
            visitor.visit(offer)
        }
    }

    private static func debtLeg(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>) -> Int? {
        for leg in factors.indices where factors[leg].side == .debt && amounts[leg] > 0 { return leg }
        return nil
    }

    private static func collaterals(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>) -> Int {
        var count = 0
        for leg in factors.indices where factors[leg].side == .collateral && amounts[leg] > 0 { count += 1 }
        return count
    }

    private static func coolOffEnd(
        _ vault: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>,
        _ reserves: borrowing ReserveTable
    ) -> Moment? {
        guard let checked = amount(at: FactorIndex(vault, .entry), factors, amounts) else { return .start }
        guard let wait = reserves.parameter(.coolOff, of: vault), wait >= 0,
            let second = Int64(exactly: checked), let length = Int64(exactly: wait),
            second < Self.secondsMax, length < Self.secondsMax
        else { return nil }
        return Moment.start + .seconds(second + length)
    }

    /// So that their sum in nanoseconds fits.
    private static let secondsMax: Int64 = 4_000_000_000
}
