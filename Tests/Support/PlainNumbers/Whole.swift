/// A whole number of any size and either sign, as on paper: `Natural` with a sign. For tests only.
public struct Whole: Comparable, CustomStringConvertible, Sendable {
    public let magnitude: Natural
    public let isNegative: Bool

    public init(_ magnitude: Natural, isNegative: Bool = false) {
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isZero
    }

    public init(_ value: Int128) { self.init(Natural(value.magnitude), isNegative: value < 0) }
    public init(_ value: Int) { self.init(Int128(value)) }
    public init(_ value: UInt128) { self.init(Natural(value)) }

    public static func ten(_ exponent: Int) -> Whole { Whole(.ten(exponent)) }
    public static let zero = Whole(0)

    public var description: String { isNegative ? "-\(magnitude)" : "\(magnitude)" }
    /// What a health shows of an equity: nothing below zero.
    public var shown: Natural { isNegative ? Natural(0) : magnitude }
    public var abs: Whole { Whole(magnitude) }

    public static func < (a: Whole, b: Whole) -> Bool {
        guard a.isNegative == b.isNegative else { return a.isNegative }
        return a.isNegative ? b.magnitude < a.magnitude : a.magnitude < b.magnitude
    }

    public static prefix func - (a: Whole) -> Whole { Whole(a.magnitude, isNegative: !a.isNegative) }

    public static func + (a: Whole, b: Whole) -> Whole {
        if a.isNegative == b.isNegative { return Whole(a.magnitude + b.magnitude, isNegative: a.isNegative) }
        return a.magnitude >= b.magnitude
            ? Whole(a.magnitude - b.magnitude, isNegative: a.isNegative)
            : Whole(b.magnitude - a.magnitude, isNegative: b.isNegative)
    }

    public static func - (a: Whole, b: Whole) -> Whole { a + -b }

    public static func * (a: Whole, b: Whole) -> Whole {
        Whole(a.magnitude * b.magnitude, isNegative: a.isNegative != b.isNegative)
    }

    /// The quotient without its fraction.
    public static func / (a: Whole, b: Whole) -> Whole {
        Whole(a.magnitude / b.magnitude, isNegative: a.isNegative != b.isNegative)
    }

    /// The quotient rounded down, also below zero.
    public func floored(by divisor: Whole) -> Whole {
        let quotient = self / divisor
        return quotient * divisor > self ? quotient - Whole(1) : quotient
    }

    /// The quotient rounded up, also below zero.
    public func raised(by divisor: Whole) -> Whole { -(-self).floored(by: divisor) }
}
