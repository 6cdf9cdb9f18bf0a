import Units

/// How amounts move a concentrated pool's price, and a price's move its amounts, each rounded in the pool's favour
/// (`SqrtPriceMath` of Uniswap v3). Prices are square roots with 96 fractional bits; `nil` is where the contract reverts.
enum RootPriceMath {
    /// Token 0 between two prices: liquidity · (1/√low − 1/√high).
    static func amount0(_ a: UInt256, _ b: UInt256, _ liquidity: UInt128, roundingUp: Bool) -> UInt256? {
        let (low, high) = a < b ? (a, b) : (b, a)
        guard !low.isZero else { return nil }
        let scaled = UInt256(liquidity).shiftedLeft(by: 96)
        return roundingUp
            ? scaled.multiplied(by: high - low, dividedRoundingUpBy: high)?.dividedRoundingUp(by: low)
            : scaled.multiplied(by: high - low, dividedRoundingDownBy: high)?.dividedRoundingDown(by: low)
    }

    /// Token 1 between two prices: liquidity · (√high − √low).
    static func amount1(_ a: UInt256, _ b: UInt256, _ liquidity: UInt128, roundingUp: Bool) -> UInt256? {
        let product = UInt256(liquidity).multipliedFullWidth(by: a < b ? b - a : a - b)
        guard product.high.bitCount <= 96 else { return nil }
        let whole = product.high.shiftedLeft(by: 160).adding(product.low.shiftedRight(by: 96))
        let isExact = product.low.low << 32 == 0
        return roundingUp && !isExact ? whole?.adding(1) : whole
    }

    /// The price after an amount went in.
    static func price(
        after amount: UInt256, into price: UInt256, _ liquidity: UInt128, isToken0: Bool
    ) -> UInt256? {
        guard liquidity > 0 else { return nil }
        return isToken0
            ? priceRoundingUp(price, liquidity, adding0: amount) : priceRoundingDown(price, liquidity, adding1: amount)
    }

    /// The price after an amount came out.
    static func price(
        after amount: UInt256, outOf price: UInt256, _ liquidity: UInt128, isToken0: Bool
    ) -> UInt256? {
        guard liquidity > 0 else { return nil }
        return isToken0
            ? priceRoundingUp(price, liquidity, removing0: amount)
            : priceRoundingDown(price, liquidity, removing1: amount)
    }

    /// ⌈L·√P / (L + amount·√P)⌉; where that overflows the contract takes the coarser ⌈L / (L/√P + amount)⌉.
    private static func priceRoundingUp(_ price: UInt256, _ liquidity: UInt128, adding0 amount: UInt256) -> UInt256? {
        if amount.isZero { return price }
        let scaled = UInt256(liquidity).shiftedLeft(by: 96)
        if let product = amount.multiplied(by: price), let denominator = scaled.adding(product) {
            return scaled.multiplied(by: price, dividedRoundingUpBy: denominator)
        }
        return scaled.dividedRoundingDown(by: price).adding(amount).map { scaled.dividedRoundingUp(by: $0) }
    }

    private static func priceRoundingUp(_ price: UInt256, _ liquidity: UInt128, removing0 amount: UInt256) -> UInt256? {
        if amount.isZero { return price }
        let scaled = UInt256(liquidity).shiftedLeft(by: 96)
        guard let product = amount.multiplied(by: price), scaled > product else { return nil }
        return word160(scaled.multiplied(by: price, dividedRoundingUpBy: scaled - product))
    }

    private static func priceRoundingDown(
        _ price: UInt256, _ liquidity: UInt128, adding1 amount: UInt256
    ) -> UInt256? {
        let quotient = amount.multiplied(by: unit, dividedRoundingDownBy: UInt256(liquidity))
        return word160(quotient.flatMap { price.adding($0) })
    }

    private static func priceRoundingDown(
        _ price: UInt256, _ liquidity: UInt128, removing1 amount: UInt256
    ) -> UInt256? {
        guard let quotient = amount.multiplied(by: unit, dividedRoundingUpBy: UInt256(liquidity)), price > quotient
        else { return nil }
        return price - quotient
    }

    private static func word160(_ value: UInt256?) -> UInt256? { value.flatMap { $0.bitCount <= 160 ? $0 : nil } }

    /// 2^96.
    private static let unit = UInt256(1 as UInt128).shiftedLeft(by: 96)
}
