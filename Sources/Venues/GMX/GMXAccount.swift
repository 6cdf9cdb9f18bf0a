import Domain
import Margin
import Units

/// One position and its collateral.
struct GMXAccount {
    private(set) var position: GMXPosition?
    private(set) var collateralValue = UInt256.zero
    private(set) var collateralPrice: UInt256?

    /// `nil` when it cannot be judged.
    init?(_ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ reserves: borrowing ReserveTable) {
        var found: PerpetualPosition?
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .nothing: continue
            case .position(let position):
                guard found == nil else { return nil }
                found = position
            case .collateral(let token, let amount):
                guard collateralPrice == nil, let amount = amount.asUInt256,
                    reserves.parameter(.collateralWeight, of: token) == Self.whole,
                    let price = reserves.price(of: token).map({ UInt256($0.baseUnits) }),
                    let value = amount.multiplied(by: price)
                else { return nil }
                (collateralPrice, collateralValue) = (price, value)
            case .cash, nil: return nil
            }
        }
        guard let found else { return }
        guard let position = GMXPosition(found, collateralValue, at: collateralPrice, reserves) else { return nil }
        self.position = position
    }

    private static let whole = Int128(Wad.one.value)
}

/// What is left of a position and what must be, in dollars of 30 decimals.
struct GMXPosition {
    let position: PerpetualPosition
    let terms: GMXTerms
    /// `remainingCollateralUsd`.
    let remaining: Int256
    let minimumForLeverage: UInt256

    init?(
        _ position: PerpetualPosition, _ collateral: UInt256, at collateralPrice: UInt256?,
        _ reserves: borrowing ReserveTable
    ) {
        guard let terms = GMXTerms(position.instrument, reserves), let sizeInUSD = UInt128(exactly: position.entry),
            let price = GMXTerms.price(of: position, reserves),
            let now = reserves.state(of: position.instrument)?.cumulativeFunding,
            let worth = position.size.multiplied(by: Int256(price)),
            // A short's size and worth are below zero: the same sum for both.
            let gain = worth.subtracting(position.isLong ? Int256(sizeInUSD) : -Int256(sizeInUSD)),
            let closing = UInt256(sizeInUSD).multiplied(by: terms.closingFee, dividedRoundingDownBy: GMXTerms.one),
            let accrued = (Int256(now) - Int256(position.settledFunding))
                .multiplied(by: Int256(sizeInUSD), dividedTowardZeroBy: GMXTerms.signedOne),
            let fees = Self.inTokens(Int256(closing), collateralPrice)
                .flatMap({ fee in Self.inTokens(accrued, collateralPrice)?.adding(fee) }),
            let remaining = Int256(collateral)?.adding(gain)?.subtracting(fees),
            let least = UInt256(sizeInUSD).multiplied(
                by: terms.leverageFactor, dividedRoundingDownBy: GMXTerms.one)
        else { return nil }
        (self.position, self.terms, self.remaining, minimumForLeverage) = (position, terms, remaining, least)
    }

    /// Fees are charged in whole units of the collateral token: rounded toward zero. Without collateral, in dollars.
    private static func inTokens(_ fee: Int256?, _ price: UInt256?) -> Int256? {
        guard let fee, let price, !price.isZero else { return fee }
        return Int256(price).flatMap { price in fee.dividedTowardZero(by: price)?.multiplied(by: price) }
    }

    /// `nil` for a position that cannot be liquidated.
    var reason: GMXReason? {
        if remaining < terms.minimum { return .belowMinimum }
        if remaining <= .zero { return .nothingLeft }
        return remaining.magnitude < minimumForLeverage ? .belowLeverage : nil
    }

    /// All three conditions at once: below it the position can be liquidated.
    var required: UInt256 { max(max(terms.minimum.magnitude, minimumForLeverage), 1) }
}

/// A market's numbers; factors with 30 decimals.
struct GMXTerms {
    let closingFee: UInt256
    let leverageFactor: UInt256
    let minimum: Int256

    static let one = UInt256(Reserve.powerOfTen(30))
    static let signedOne = Int256(Reserve.powerOfTen(30))

    init?(_ instrument: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let market = reserves.row(instrument)?.market, let cash = reserves.conditions(of: market)?.cash,
            let fee = Self.factor(.closingFee, instrument, reserves),
            let leverage = Self.factor(.maintenanceMargin, instrument, reserves),
            let minimum = reserves.parameter(.minimumCollateral, of: cash), minimum >= 0
        else { return nil }
        (closingFee, leverageFactor, self.minimum) = (fee, leverage, Int256(minimum))
    }

    /// From 18 to 30 decimals.
    private static func factor(
        _ parameter: MarginParameter, _ instrument: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.parameter(parameter, of: instrument).flatMap { UInt128(exactly: $0) }
            .map { UInt256($0) * 1_000_000_000_000 }
    }

    /// What closing pays: the least price for a long, the most for a short.
    static func price(of position: PerpetualPosition, _ reserves: borrowing ReserveTable) -> UInt128? {
        position.isLong
            ? reserves.price(of: position.instrument)?.baseUnits
            : reserves.state(of: position.instrument)?.quotes.oracle?.baseUnits
    }
}
