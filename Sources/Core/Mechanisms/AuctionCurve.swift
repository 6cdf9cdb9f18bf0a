public import Units

/// How a price falls with the seconds since an auction began (`abaci.sol`). Shares and prices with 27 decimals.
///
/// | curve | price after `t` seconds |
/// |---|---|
/// | linear over `τ` | top · ((τ − t) / τ), nothing from τ on |
/// | stairstep by `cut` every `step` | top · cut^⌊t / step⌋ |
/// | exponential by `cut` every second | top · cut^t |
///
/// Example: 100 by a cut of 0.99 every 90 s is 100 until second 89, 99 at 90 and 98.01 at 180. Never rises.
public enum AuctionCurve: Equatable, Sendable {
    case linear(duration: UInt64)
    case stairstep(step: UInt64, cut: UInt256)
    case exponential(cut: UInt256)

    /// `RAY`.
    public static let ray = UInt256(Ray.one.value)

    /// `nil` where the contract reverts: past 256 bits, or a step of nothing.
    public func price(from top: UInt256, after seconds: UInt64) -> UInt256? {
        switch self {
        case .linear(let duration):
            guard seconds < duration else { return .zero }
            return UInt256(UInt128(duration - seconds)).multiplied(by: Self.ray)?
                .dividedRoundingDown(by: UInt256(UInt128(duration)))
                .multiplied(by: top)?.dividedRoundingDown(by: Self.ray)
        case .stairstep(let step, let cut):
            guard step > 0 else { return nil }
            return Self.power(cut, seconds / step)?.multiplied(by: top)?.dividedRoundingDown(by: Self.ray)
        case .exponential(let cut):
            return Self.power(cut, seconds)?.multiplied(by: top)?.dividedRoundingDown(by: Self.ray)
        }
    }

    /// `rpow`: by squaring, every product rounded half up; reverts when a base to be squared has more than 128 bits.
    public static func power(_ base: UInt256, _ exponent: UInt64) -> UInt256? {
        guard exponent > 0 else { return ray }
        guard !base.isZero else { return .zero }
        let half = ray.dividedRoundingDown(by: 2)
        var (square, rest) = (base, exponent)
        var result = exponent & 1 == 1 ? base : ray
        while rest > 1 {
            rest >>= 1
            guard square.high == 0, let next = square.multiplied(by: square)?.adding(half) else { return nil }
            square = next.dividedRoundingDown(by: ray)
            guard rest & 1 == 1 else { continue }
            guard let product = result.multiplied(by: square)?.adding(half) else { return nil }
            result = product.dividedRoundingDown(by: ray)
        }
        return result
    }

    /// The first second from `earliest` to `latest` at which the price is below `limit`; `nil` when it is at none.
    ///
    /// The price does not rise (within `power`'s rounding), so it is found by halving: at most 64 prices are worked out.
    public func firstSecond(
        from earliest: UInt64, to latest: UInt64, top: UInt256, below isLowEnough: (UInt256) -> Bool
    ) -> UInt64? {
        guard earliest <= latest, let last = price(from: top, after: latest), isLowEnough(last) else { return nil }
        var (low, high) = (earliest, latest)
        while low < high {
            let middle = low + (high - low) / 2
            guard let price = price(from: top, after: middle) else { return nil }
            if isLowEnough(price) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
