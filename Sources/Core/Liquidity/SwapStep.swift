import Units

/// A swap as far as the price between two stops goes (`SwapMath.computeSwapStep` of Uniswap v3).
struct SwapStep {
    var price: UInt256
    var amountIn: UInt256
    var amountOut: UInt256
    var fee: UInt256

    /// What is still to be swapped: an amount to put in, or one to take out.
    enum Remaining {
        case input(UInt256)
        case output(UInt256)
    }

    /// `nil` where the contract reverts.
    init?(
        from start: UInt256, to target: UInt256, _ liquidity: UInt128, _ remaining: Remaining, fee rate: Pips,
        is0For1: Bool
    ) {
        guard let next = Self.price(from: start, to: target, liquidity, remaining, rate, is0For1: is0For1),
            let needed = Self.amount(start, next, liquidity, isToken0: is0For1, roundingUp: true),
            let given = Self.amount(start, next, liquidity, isToken0: !is0For1, roundingUp: false),
            let part = needed.multiplied(by: rate.word, dividedRoundingUpBy: rate.complement)
        else { return nil }
        (price, amountIn, amountOut, fee) = (next, needed, given, part)
        switch remaining {
        case .input(let amount):
            guard next != target else { return }
            // The whole rest goes in: what the price's move does not take is the fee.
            guard let rest = amount.subtracting(needed) else { return nil }
            fee = rest
        case .output(let amount):
            amountOut = min(given, amount)
        }
    }

    /// Where the price comes to rest: at the target when the rest suffices to reach it.
    private static func price(
        from start: UInt256, to target: UInt256, _ liquidity: UInt128, _ remaining: Remaining, _ rate: Pips,
        is0For1: Bool
    ) -> UInt256? {
        switch remaining {
        case .input(let amount):
            guard let rest = amount.multiplied(by: rate.complement, dividedRoundingDownBy: Pips.wholeWord),
                let most = Self.amount(start, target, liquidity, isToken0: is0For1, roundingUp: true)
            else { return nil }
            return rest >= most
                ? target : RootPriceMath.price(after: rest, into: start, liquidity, isToken0: is0For1)
        case .output(let amount):
            guard let most = Self.amount(start, target, liquidity, isToken0: !is0For1, roundingUp: false) else {
                return nil
            }
            return amount >= most
                ? target : RootPriceMath.price(after: amount, outOf: start, liquidity, isToken0: !is0For1)
        }
    }

    private static func amount(
        _ a: UInt256, _ b: UInt256, _ liquidity: UInt128, isToken0: Bool, roundingUp: Bool
    ) -> UInt256? {
        isToken0
            ? RootPriceMath.amount0(a, b, liquidity, roundingUp: roundingUp)
            : RootPriceMath.amount1(a, b, liquidity, roundingUp: roundingUp)
    }
}
