public import Domain
import Margin
public import Mechanisms
public import Units

/// `ClearingHouse.liquidate` of Perpetual v2: how much of a position may be taken over, and for what.
///
/// Example: an account at 3/4 of its margin whose one position is worth 1 000 loses half of it; the taker enters 500 with a
/// discount of 6.25 (half of 2.5 %). Values have 18 decimals, ratios 6; everything truncates.
public struct PerpetualTakeover: Equatable, Sendable {
    /// Size with its sign, and what it is worth at the mark.
    public let size: Int256
    public let notional: Int256
    public let feeToLiquidator: UInt256
    public let feeToInsurance: UInt256

    /// What the taker's open notional becomes by it: −notional + fee.
    public var openNotional: Int256? { Int256(feeToLiquidator).flatMap { $0.subtracting(notional) } }

    /// - Parameters:
    ///   - value: of the account, and `margin`, what it should be at least; `total` of all its positions without signs.
    ///   - penalty: `liquidationPenaltyRatio`, 18 decimals.
    public init?(
        size: Int256, price: UInt128, value: Int256, margin: UInt256, total: UInt256, penalty: UInt256
    ) {
        guard let worth = size.multiplied(by: Int256(price), dividedTowardZeroBy: Self.decimal),
            let part = Self.liquidatable(size, worth, value, margin, total),
            let notional = part.multiplied(by: Int256(price), dividedTowardZeroBy: Self.decimal),
            let fee = notional.magnitude.multiplied(by: penalty)?.dividedRoundingDown(by: .decimal)
        else { return nil }
        self.size = part
        self.notional = notional
        feeToLiquidator = value.isNegative ? fee : fee.dividedRoundingDown(by: 2)
        feeToInsurance = fee - feeToLiquidator
    }

    /// `_getLiquidatablePositionSize`: all of a small position, or of one whose account has less than half its margin; else as
    /// much as is half of all positions.
    private static func liquidatable(
        _ size: Int256, _ worth: Int256, _ value: Int256, _ margin: UInt256, _ total: UInt256
    ) -> Int256? {
        let half = margin.dividedRoundingDown(by: 2)
        let isHopeless = value.isNegative || value.magnitude < half
        guard worth.magnitude > partialLeast, !isHopeless else { return size }
        guard let twice = worth.magnitude.multiplied(by: 2),
            let share = total.multiplied(by: million)?.dividedRoundingDown(by: twice)
        else { return nil }
        return size.multiplied(by: Int256(unchecked: min(share, million)), dividedTowardZeroBy: signedMillion)
    }

    private static let decimal = Int256(Wad.one.value)
    private static let million = UInt256(1_000_000)
    private static let signedMillion: Int256 = 1_000_000
    /// `MIN_PARTIAL_LIQUIDATE_POSITION_VALUE`: 100 dollars.
    private static let partialLeast = UInt256(100_000_000_000_000_000_000)
}

extension Int256 {
    fileprivate init(unchecked small: UInt256) { self.init(small.low) }
}

/// Every position of a liquidatable trader, to be taken over. `liquidationFee` at the cash asset is the penalty.
extension PerpetualRules: OfferingRules {
    public func offers<V: OfferVisitor>(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits, at moment: Moment,
        in reserves: borrowing ReserveTable, to visitor: inout V
    ) {
        guard let account = CurieAccount(factors, amounts, reserves), let byValue = account.byPositions,
            byValue.isNegative, let margin = account.positionMargin,
            let penalty = reserves.parameter(.liquidationFee, of: account.terms.cash).flatMap({ UInt128(exactly: $0) }),
            let cashDecimals = reserves.row(account.terms.cash)?.decimals
        else { return }
        let scale = UInt256(Reserve.powerOfTen(18 - cashDecimals))
        for leg in factors.indices {
            guard case .position(let position)? = PerpetualHolding(at: leg, factors, amounts, in: reserves),
                let price = reserves.price(of: position.instrument),
                let takeover = PerpetualTakeover(
                    size: position.size, price: price.baseUnits, value: account.value, margin: margin,
                    total: account.notional, penalty: UInt256(penalty)),
                let open = takeover.openNotional, let size = takeover.size.magnitude.asUInt128,
                // Cash in its own units: what a long costs rounded up, what a short brings rounded down.
                let cash =
                    (position.isLong
                    ? open.magnitude.dividedRoundingUp(by: scale)
                    : open.magnitude.dividedRoundingDown(by: scale)).asUInt128,
                let offer = PositionOffer(
                    .takeover, instrument: position.instrument, cashAsset: account.terms.cash, size: size, for: cash,
                    isLong: position.isLong, window: OfferWindow(opens: moment))
            else { continue }
            visitor.visit(offer)
        }
    }
}

extension CurieAccount {
    /// `getMarginRequirementForLiquidation`: of the positions alone, whatever the vault asks.
    var positionMargin: UInt256? { notional.multiplied(by: terms.maintenance, dividedRoundingDownBy: .decimal) }
    /// Below zero positions can be taken over.
    var byPositions: Int256? { positionMargin.flatMap { Int256($0) }.flatMap { value.subtracting($0) } }
}
