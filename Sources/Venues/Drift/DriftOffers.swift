public import Domain
import Margin
public import Mechanisms
public import Units

/// Every position of a user in liquidation, as far as it may be taken now, at the oracle's price less or more the fee.
///
/// | what | where it stands |
/// |---|---|
/// | the present slot | the cash asset's cumulative funding |
/// | the slot at which the user was flagged; margin freed since | the cash asset's legs on the sides accrual and entry |
/// | fees, 18 decimals | `liquidationFee`, `insuranceFee` of the perpetual |
/// | buffer and initial portion, 18 decimals; duration in slots | `liquidationBuffer`, `initialPortion`, `liquidationDuration` of the cash asset |
///
/// Without the two legs the user is about to be flagged. The buffer counts on the whole requirement, as for users without
/// losses among their collateral.
extension DriftRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let user = DriftUser(factors, amounts, reserves), let requirement = Int256(user.requirement),
            user.collateral < requirement,
            let cash = reserves.row(factors[0].reserve).flatMap({ reserves.conditions(of: $0.market)?.cash }),
            let flag = DriftFlag(cash, factors, amounts, reserves),
            let shortage = flag.shortage(user, DriftMargin.number(.liquidationBuffer, of: cash, reserves))
        else { return }
        for leg in factors.indices {
            guard case .position(let position)? = PerpetualHolding(at: leg, factors, amounts, in: reserves),
                let terms = flag.terms(position.instrument, cash, reserves),
                let taken = DriftPosition(position, reserves)
            else { continue }
            let liquidation = DriftLiquidation(
                shortage: shortage, alreadyFreed: flag.freed, slotsElapsed: flag.slotsElapsed, terms: terms)
            let base = liquidation.base(taken, takerMost: .max)
            let price = UInt256(liquidation.transferPrice(taken)), unit = UInt256(DriftLiquidation.baseUnit)
            // Against the taker: a long costs what rounds up, a short brings what rounds down.
            let value =
                taken.isLong
                ? price.multiplied(by: UInt256(base), dividedRoundingUpBy: unit)
                : price.multiplied(by: UInt256(base), dividedRoundingDownBy: unit)
            guard let quote = value?.asUInt128,
                let offer = PositionOffer(
                    .partialLiquidation, instrument: position.instrument, cashAsset: cash, size: base, for: quote,
                    isLong: position.isLong, window: OfferWindow(opens: moment))
            else { continue }
            visitor.visit(offer)
        }
    }
}

/// Since when a user is in liquidation, and how far it has come.
struct DriftFlag {
    let slotsElapsed: UInt64
    let freed: UInt128

    init?(
        _ cash: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>,
        _ reserves: borrowing ReserveTable
    ) {
        guard let now = reserves.state(of: cash)?.cumulativeFunding, now >= 0,
            let slot = UInt64(exactly: now)
        else { return nil }
        let since = amount(at: FactorIndex(cash, .accrual), factors, amounts).flatMap { UInt64(exactly: $0) } ?? slot
        guard since <= slot else { return nil }
        slotsElapsed = min(slot - since, UInt64(UInt32.max))
        freed = min(amount(at: FactorIndex(cash, .entry), factors, amounts) ?? 0, DriftPosition.wordLimit)
    }

    /// What is missing of the requirement with its buffer; `nil` when it is past the venue's words.
    func shortage(_ user: DriftUser, _ buffer: UInt128?) -> UInt128? {
        guard let buffer,
            let more = user.requirement.multiplied(
                by: UInt256(buffer / 100_000_000_000_000), dividedRoundingDownBy: DriftMargin.ratioUnit),
            let needed = Int256(user.requirement + more), let missing = needed.subtracting(user.collateral)?.asUInt256,
            let shortage = missing.asUInt128, shortage < DriftPosition.wordLimit
        else { return nil }
        return shortage
    }

    func terms(_ market: ReserveIndex, _ cash: ReserveIndex, _ reserves: borrowing ReserveTable) -> DriftTerms? {
        guard let fee = DriftMargin.number(.liquidationFee, of: market, reserves),
            let insurance = DriftMargin.number(.insuranceFee, of: market, reserves),
            let duration = DriftMargin.number(.liquidationDuration, of: cash, reserves).flatMap({ UInt64(exactly: $0) }
            ),
            let portion = DriftMargin.number(.initialPortion, of: cash, reserves),
            fee <= Wad.one.value, insurance <= Wad.one.value, portion <= Wad.one.value
        else { return nil }
        return DriftTerms(
            fee: fee / 1_000_000_000_000, insuranceFeeMost: insurance / 1_000_000_000_000, duration: duration,
            initialPortion: portion / 100_000_000_000_000)
    }
}

extension DriftPosition {
    /// `nil` when it is past the venue's words, which have 64 bits.
    init?(_ position: PerpetualPosition, _ reserves: borrowing ReserveTable) {
        guard let price = reserves.price(of: position.instrument)?.baseUnits,
            let ratio = DriftMargin.positionRatio(position, reserves)?.asUInt128,
            let base = position.size.magnitude.asUInt128, base < Self.wordLimit, price < Self.wordLimit,
            ratio < Self.wordLimit
        else { return nil }
        self.init(base: base, isLong: position.isLong, price: price, marginRatio: ratio)
    }

    static let wordLimit: UInt128 = 1 << 63
}

extension DriftMargin {
    static func number(
        _ parameter: MarginParameter, of instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt128? {
        reserves.parameter(parameter, of: instrument).flatMap { UInt128(exactly: $0) }
    }
}
