import Domain
import Units

/// A pool's marginal price, and how much goes until it is reached: out(x) = g·x·R_out / (10⁴·R_in + g·x), g = 10⁴ − fee.
extension Pool {
    private var kept: UInt256 { UInt256(UInt64(10_000 - fee.count)) }
    private static var whole: UInt256 { 10_000 }

    var saleMargin: MarginalPrice {
        MarginalPrice(kept * UInt256(cashReserve), per: Self.whole * UInt256(assetReserve))
    }

    var purchaseMargin: MarginalPrice {
        MarginalPrice(Self.whole * UInt256(cashReserve), per: kept * UInt256(assetReserve))
    }

    /// Where out′(x) = price: 10⁴·R_in/g + x = √(10⁴·R_in·R_out / (g·price)).
    func sale(downTo price: MarginalPrice) -> TokenAmount {
        let begin = (Self.whole * UInt256(assetReserve)).dividedRoundingDown(by: kept)
        guard price > .free, let square = square(scaledBy: price) else { return .max >> 1 }
        return square.approximateRoot().subtracting(begin)?.asUInt128 ?? 0
    }

    /// Where cost′(y) = price: R_asset − y = √(10⁴·R_in·R_out / (g·price)).
    func purchase(upTo price: MarginalPrice) -> TokenAmount {
        guard price > .free, let square = square(scaledBy: price) else { return 0 }
        let left = square.approximateRoot() + 1
        return min(UInt256(assetReserve).subtracting(left) ?? .zero, UInt256(assetReserve - 1)).low
    }

    /// 10⁴·R_in·R_out / (g·price); `nil` past 256 bits.
    private func square(scaledBy price: MarginalPrice) -> UInt256? {
        (UInt256(assetReserve) * UInt256(cashReserve))
            .multiplied(by: MarginalPrice.unit, dividedRoundingDownBy: price.fraction)?
            .multiplied(by: Self.whole, dividedRoundingDownBy: kept)
    }
}
