package import Units

/// What one more unit of an asset fetches or costs: cash units for an asset unit, with 128 fractional bits.
///
/// Only decides who sells how much: amounts never come from it. So about 31 significant bits of a root are enough.
package struct MarginalPrice: Comparable, Sendable {
    package var fraction: UInt256

    package init(fraction: UInt256) {
        self.fraction = fraction
    }

    /// cash / asset, rounded down; the largest word when it does not fit.
    package init(_ cash: UInt256, per asset: UInt256) {
        fraction = asset.isZero ? .max : cash.multiplied(by: Self.unit, dividedRoundingDownBy: asset) ?? .max
    }

    package static func < (a: MarginalPrice, b: MarginalPrice) -> Bool { a.fraction < b.fraction }

    package static let free = MarginalPrice(fraction: .zero)
    package static let unreachable = MarginalPrice(fraction: .max)

    /// 2^128.
    static let unit = UInt256(high: 1, low: 0)
}

extension UInt256 {
    /// √self · 2^shift, right to about 31 significant bits, rounded down.
    func approximateRoot(shiftedLeft shift: Int = 0) -> UInt256 {
        guard !isZero else { return .zero }
        // An even shift leaves 63 or 64 bits, whose root has 32.
        let dropped = (bitCount - 64 + 1) & ~1
        let top = dropped >= 0 ? shiftedRight(by: dropped) : shiftedLeft(by: -dropped)
        let root = UInt256(UInt64(truncatingIfNeeded: top.low).integerRoot)
        let place = dropped / 2 + shift
        return place >= 0 ? root.shiftedLeft(by: place) : root.shiftedRight(by: -place)
    }
}

extension UInt64 {
    /// ⌊√self⌋ by Newton's method from above: it falls until it is right.
    var integerRoot: UInt64 {
        guard self > 1 else { return self }
        var root: UInt64 = 1 << ((65 - UInt64(leadingZeroBitCount)) / 2)
        while true {
            let next = (root + self / root) / 2
            if next >= root { return root }
            root = next
        }
    }
}
