import Units

/// A probability in parts of 2^62, so that an expected value is integers like all other money.
///
/// | expression | result |
/// |---|---|
/// | `.certain`, `.none` | 1 and 0 |
/// | `a.and(b)` | both, where they do not depend on each other; rounded down |
/// | `a.power(3)` | three times in a row; each step rounded down |
/// | `a.complement` | not a; exact |
/// | `a.share(of: 7)` | ⌊7 · a⌋ |
public struct Chance: Hashable, Comparable, Sendable {
    public let parts: UInt64

    public init(parts: UInt64) {
        precondition(parts <= Self.whole, "Condition: a chance is at most one")
        self.parts = parts
    }

    public init(partsPerBillion: UInt32) { self.init(parts: UInt64((UInt128(partsPerBillion) << 62) / 1_000_000_000)) }

    /// ⌊count / total⌋ as a chance; the count is at most the total, which is not zero.
    public init(_ count: UInt64, of total: UInt64) {
        precondition(total > 0 && count <= total, "Condition: a part of a whole")
        self.init(parts: UInt64(UInt128(count) * UInt128(Self.whole) / UInt128(total)))
    }

    public static let whole: UInt64 = 1 << 62
    public static let certain = Chance(parts: whole)
    public static let none = Chance(parts: 0)

    public var complement: Chance { Chance(parts: Self.whole - parts) }

    public func and(_ other: Chance) -> Chance {
        let (high, low) = parts.multipliedFullWidth(by: other.parts)
        return Chance(parts: high << 2 | low >> 62)
    }

    /// Either of two that exclude each other.
    public func or(_ other: Chance) -> Chance { Chance(parts: min(parts + other.parts, Self.whole)) }

    public func power(_ count: UInt32) -> Chance {
        var (result, square, left) = (Chance.certain, self, count)
        while left > 0 {
            if left & 1 == 1 { result = result.and(square) }
            square = square.and(square)
            left >>= 1
        }
        return result
    }

    public func share(of amount: UInt128) -> UInt128 {
        let product = UInt256(product: amount, UInt128(parts))
        return product.high << 66 | product.low >> 62
    }

    /// For tables and screens.
    public var approximate: Double { Double(parts) * 0x1p-62 }

    public static func < (a: Chance, b: Chance) -> Bool { a.parts < b.parts }
}
