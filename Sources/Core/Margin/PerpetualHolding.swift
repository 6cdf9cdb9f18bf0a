public import Domain
public import Units

/// A position in a perpetual, as its legs tell it.
///
/// Example: the legs debt 5, accrual −7 and entry 900 are a short of 5 units, settled last when funding stood at −7, entered
/// for 900. The numbers on the sides accrual and entry are zero where there is no such leg.
public struct PerpetualPosition: Equatable, Sendable {
    public var instrument: ReserveIndex
    /// Long above zero, short below, in the instrument's smallest units.
    public var size: Int256
    /// The cumulative funding at the last settlement.
    public var settledFunding: Int128
    /// What the position was entered for, as the venue counts it.
    public var entry: Int128

    public var isLong: Bool { !size.isNegative }
    /// The factor that moves it: the mark for longs, or for shorts.
    public var mark: FactorIndex { FactorIndex(instrument, isLong ? .collateral : .debt) }
    public var funding: FactorIndex { FactorIndex(instrument, .accrual) }
}

/// What one leg of a margin account is, together with the other legs of its instrument.
///
/// The market's cash asset is cash. An instrument with a collateral or a liability weight is a collateral. Everything else
/// is a perpetual, for which the rules then ask its margins.
public enum PerpetualHolding: Equatable, Sendable {
    /// Told with another leg, or nothing of it is held.
    case nothing
    /// In cash's smallest units, negative for what is owed.
    case cash(Int256)
    /// In smallest units, negative for what is owed.
    case collateral(ReserveIndex, Int256)
    case position(PerpetualPosition)

    /// What stands at a leg; `nil` when it cannot be read: an unknown instrument, or a position long and short at once.
    public init?(
        at leg: Int, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, in reserves: borrowing ReserveTable
    ) {
        let instrument = factors[leg].reserve
        guard let market = reserves.row(instrument)?.market else { return nil }
        guard factors[leg].side == .collateral || factors[leg].side == .debt, amounts[leg] > 0 else {
            self = .nothing
            return
        }
        let isOwed = factors[leg].side == .debt
        let amount = isOwed ? -Int256(amounts[leg]) : Int256(amounts[leg])
        if reserves.conditions(of: market)?.cash == instrument {
            self = .cash(amount)
        } else if Self.isCollateral(instrument, reserves) {
            self = .collateral(instrument, amount)
        } else {
            guard Self.number(on: isOwed ? .collateral : .debt, of: instrument, factors, amounts) == 0
            else { return nil }
            self = .position(
                PerpetualPosition(
                    instrument: instrument, size: amount,
                    settledFunding: Self.number(on: .accrual, of: instrument, factors, amounts),
                    entry: Self.number(on: .entry, of: instrument, factors, amounts)))
        }
    }

    private static func isCollateral(_ instrument: ReserveIndex, _ reserves: borrowing ReserveTable) -> Bool {
        reserves.parameter(.collateralWeight, of: instrument) != nil
            || reserves.parameter(.liabilityWeight, of: instrument) != nil
    }

    private static func number(
        on side: Side, of instrument: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>
    ) -> Int128 {
        let slot = FactorIndex(instrument, side)
        for leg in factors.indices where factors[leg] == slot { return Int128(truncatingIfNeeded: amounts[leg]) }
        return 0
    }
}

extension AccountTraits {
    /// An account whose margin backs one position alone; without it an account's margin backs all of them.
    public static let isolated = AccountTraits(category: 1)
}
