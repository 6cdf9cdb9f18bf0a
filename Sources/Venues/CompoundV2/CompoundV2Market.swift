import Domain
import Units

/// One cToken as the comptroller sees it (`AccountLiquidityLocalVars`, `ExponentialNoError`). `nil` is a revert.
struct CompoundV2Market {
    /// `expScale`.
    static let scale = UInt256(1_000_000_000_000_000_000 as UInt128)

    let price: UInt128
    let exchangeRate: UInt128
    let borrowIndex: UInt128
    /// `nil` while the terms have not been told: then nothing can be said of a collateral.
    let collateralFactor: Wad?

    /// `nil` while the instrument has no price (`PRICE_ERROR`).
    init?(_ index: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let reserve = reserves.row(index), let price = reserve.price else { return nil }
        self.price = price.baseUnits
        exchangeRate = reserve.supplyIndex.value
        borrowIndex = reserve.borrowIndex.value
        if case .lending(let terms) = reserves.terms(of: index) {
            collateralFactor = terms.collateralFactor
        } else {
            collateralFactor = nil
        }
    }

    /// `tokensToDenom · cTokenBalance`: three truncations, in this order.
    func collateralValue(of balance: TokenAmount) -> UInt256? {
        guard let collateralFactor else { return nil }
        return Self.multiply(UInt256(collateralFactor.value), UInt256(exchangeRate))
            .flatMap { Self.multiply($0, UInt256(price)) }
            .flatMap { Self.multiply($0, UInt256(balance)) }
    }

    /// `borrowBalanceStored · oraclePrice`.
    func debtValue(of principal: TokenAmount, since interestIndex: TokenAmount?) -> UInt256? {
        Self.borrowBalance(principal, since: interestIndex, now: borrowIndex)
            .flatMap { Self.multiply(UInt256(price), $0) }
    }

    /// `borrowBalanceStoredInternal`: principal · borrowIndex / interestIndex.
    static func borrowBalance(
        _ principal: TokenAmount, since interestIndex: TokenAmount?, now borrowIndex: UInt128
    ) -> UInt256? {
        guard principal > 0 else { return .zero }
        guard let interestIndex, interestIndex > 0 else { return nil }
        return UInt256(principal).multiplied(by: UInt256(borrowIndex))?.dividedRoundingDown(by: UInt256(interestIndex))
    }

    /// `mul_(Exp, Exp)`: truncated; the product must fit a word.
    static func multiply(_ a: UInt256, _ b: UInt256) -> UInt256? {
        a.multiplied(by: b)?.dividedRoundingDown(by: scale)
    }
}
