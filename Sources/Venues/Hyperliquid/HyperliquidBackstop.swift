public import Domain
import Margin
public import Mechanisms
public import Units

/// What Hyperliquid does with an account below its maintenance margin: orders into the book, at first a part of what is large;
/// below two thirds of the margin its vault takes everything over; below nothing, winners are deleveraged.
///
/// Example: with a margin of 90, an equity of 89 is sold into the book, 59 goes to the vault, −1 to deleveraging.
public enum HyperliquidStage: Equatable, Sendable {
    case safe
    case book
    case backstop
    case deleveraging

    public init(equity: Int256, maintenance: UInt256) {
        guard !equity.isNegative else {
            self = .deleveraging
            return
        }
        guard equity.magnitude < maintenance else {
            self = .safe
            return
        }
        // equity < 2/3 · maintenance, without a division.
        guard let thrice = equity.magnitude.multiplied(by: 3), let twice = maintenance.multiplied(by: 2)
        else {
            self = .book
            return
        }
        self = thrice < twice ? .backstop : .book
    }

    /// How much of a position the next order into the book is for: a fifth of what is worth more than 100 000 in the first
    /// half minute, everything else at once.
    public static func orderSize(_ size: UInt256, worth: UInt256, cashUnit: UInt128, sinceFirst: Interval?) -> UInt256 {
        let isLarge = worth > UInt256(100_000) * UInt256(cashUnit)
        guard isLarge else { return size }
        if let sinceFirst, sinceFirst >= Interval.seconds(30) { return size }
        return sinceFirst == nil ? size.dividedRoundingDown(by: 5) : .zero
    }
}

/// Nobody outside takes such accounts: the offer names the stage, at the mark.
extension HyperliquidRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let account = HyperliquidAccount(factors, amounts, traits, reserves), account.positions > 0,
            let mechanism = HyperliquidStage(equity: account.equity, maintenance: account.maintenance).mechanism,
            let cash = reserves.row(factors[0].reserve).flatMap({ reserves.conditions(of: $0.market)?.cash })
        else { return }
        for leg in factors.indices {
            guard case .position(let position)? = PerpetualHolding(at: leg, factors, amounts, in: reserves),
                let row = reserves.row(position.instrument), let price = row.price,
                let size = position.size.magnitude.asUInt128,
                let worth = UInt256(size).multiplied(
                    by: UInt256(price.baseUnits), dividedRoundingDownBy: UInt256(row.unit))?.asUInt128,
                let offer = PositionOffer(
                    mechanism, audience: .venueItself, instrument: position.instrument, cashAsset: cash, size: size,
                    for: worth, isLong: position.isLong, window: OfferWindow(opens: moment))
            else { continue }
            visitor.visit(offer)
        }
    }
}

extension HyperliquidStage {
    fileprivate var mechanism: Mechanism? {
        switch self {
        case .safe: nil
        case .book: .partialLiquidation
        case .backstop: .takeover
        case .deleveraging: .deleveraging
        }
    }
}
