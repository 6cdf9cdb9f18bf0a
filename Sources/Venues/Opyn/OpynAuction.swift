public import Domain
public import Mechanisms
public import Units

/// A naked vault that is short of margin (`MarginCalculator._getDebtPrice`): the price paid in collateral for one option burnt
/// rises over an hour from what the option is worth at least, to everything the vault has.
///
/// Example: a vault of 100 against 1 option begins at its cash value less a deviation and gives all 100 from the hour on.
/// We pay options and receive collateral; 27 decimals inside, truncated, the payout in the collateral's units.
public struct OpynAuction: Equatable, Sendable {
    /// What an option pays if it were exercised now, less the deviation; and all there is, 27 decimals, in the collateral.
    public let start: UInt256
    public let end: UInt256
    /// The time of the round at which the vault was found short.
    public let began: Moment

    public init(start: UInt256, end: UInt256, began: Moment) {
        self.start = start
        self.end = end
        self.began = began
    }

    /// - Parameters:
    ///   - spot: and `strike`, `deviation` (a share), all with 27 decimals.
    public init?(
        kind: OptionTerms.Kind, strike: UInt256, spot: UInt256, deviation: UInt256, collateral: UInt256,
        debt: UInt256, began: Moment
    ) {
        let cash = kind == .put ? strike.subtracting(spot) : spot.subtracting(strike)
        guard let lowered = deviation.multiplied(by: spot, dividedRoundingDownBy: Vault.one), !debt.isZero,
            let end = collateral.multiplied(by: Vault.one, dividedRoundingDownBy: debt)
        else { return nil }
        var start = (cash ?? .zero).subtracting(lowered) ?? .zero
        if kind == .call {
            guard !spot.isZero, let inUnderlying = start.multiplied(by: Vault.one, dividedRoundingDownBy: spot)
            else { return nil }
            start = inUnderlying
        }
        self.init(start: start, end: end, began: began)
    }

    /// For one whole option, 27 decimals; `nil` before the auction began.
    public func price(at moment: Moment) -> UInt256? {
        guard let age = UInt64(exactly: (moment - began).nanoseconds / 1_000_000_000) else { return nil }
        guard start <= end, age < Self.length else { return end }
        guard
            let risen = (end - start).multiplied(
                by: UInt256(UInt128(age)), dividedRoundingDownBy: UInt256(UInt128(Self.length)))
        else { return nil }
        return min(end, start + risen)
    }

    /// `AUCTION_LENGTH`.
    private static let length: UInt64 = 3_600
}

/// Options to be burnt for a vault's collateral, at a moment of its auction.
public struct OpynOffer: Offer {
    public let pays: ReserveIndex
    public let receives: ReserveIndex
    public let payable: ClosedRange<TokenAmount>
    public let window: OfferWindow
    /// 27 decimals of the collateral for one whole option.
    public let price: UInt256
    private let seriesUnit: UInt256
    private let collateralUnit: UInt256
    private let deposited: TokenAmount
    private let dust: TokenAmount

    public var mechanism: Mechanism { .dutchAuction }

    /// - Parameter dust: what a vault that stays open must keep, in the collateral's units.
    public init?(
        _ auction: OpynAuction, pays: ReserveIndex, receives: ReserveIndex, amount: TokenAmount, seriesUnit: UInt128,
        deposited: TokenAmount, collateralUnit: UInt128, dust: TokenAmount, at moment: Moment
    ) {
        guard amount > 0, let price = auction.price(at: moment) else { return nil }
        (self.pays, self.receives, self.price, self.deposited, self.dust) = (pays, receives, price, deposited, dust)
        (self.seriesUnit, self.collateralUnit) = (UInt256(seriesUnit), UInt256(collateralUnit))
        payable = 1...amount
        window = OfferWindow(opens: moment)
    }

    public func exchange(paying amount: TokenAmount) -> Result<Exchange, LiquidationRevert> {
        guard amount > 0 else { return .failure(.amountIsZero) }
        guard amount <= payable.upperBound else { return .failure(.tooMuchRepay) }
        guard let whole = price.multiplied(by: collateralUnit, dividedRoundingDownBy: Vault.one),
            let payout = whole.multiplied(by: UInt256(amount), dividedRoundingDownBy: seriesUnit)?.asUInt128
        else { return .failure(.arithmeticOverflow) }
        guard payout <= deposited else { return .failure(.insufficientReserves) }
        let isWhole = amount == payable.upperBound
        guard isWhole || deposited - payout >= dust else { return .failure(.mustNotLeaveDust) }
        return .success(Exchange(paid: amount, received: payout))
    }
}
