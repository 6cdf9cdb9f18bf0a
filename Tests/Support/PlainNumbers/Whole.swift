/// A whole number of any size and either sign, as on paper: `Natural` with a sign. For tests only.
package struct Whole: Comparable, CustomStringConvertible, Sendable {
    package let magnitude: Natural
    package let isNegative: Bool

    package init(_ magnitude: Natural, isNegative: Bool = false) {
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isZero
    }

    package init(_ value: Int128) { self.init(Natural(value.magnitude), isNegative: value < 0) }
    package init(_ value: Int) { self.init(Int128(value)) }
    package init(_ value: UInt128) { self.init(Natural(value)) }

    package static func ten(_ exponent: Int) -> Whole { Whole(.ten(exponent)) }
    package static let zero = Whole(0)

    package var description: String { isNegative ? "-\(magnitude)" : "\(magnitude)" }
    /// What a health shows of an equity: nothing below zero.
    package var shown: Natural { isNegative ? Natural(0) : magnitude }
    package var abs: Whole { Whole(magnitude) }

    package static func < (a: Whole, b: Whole) -> Bool {
        guard a.isNegative == b.isNegative else { return a.isNegative }
        return a.isNegative ? b.magnitude < a.magnitude : a.magnitude < b.magnitude
    }

    package static prefix func - (a: Whole) -> Whole { Whole(a.magnitude, isNegative: !a.isNegative) }

    package static func + (a: Whole, b: Whole) -> Whole {
        if a.isNegative == b.isNegative { return Whole(a.magnitude + b.magnitude, isNegative: a.isNegative) }
        return a.magnitude >= b.magnitude
            ? Whole(a.magnitude - b.magnitude, isNegative: a.isNegative)
            : Whole(b.magnitude - a.magnitude, isNegative: b.isNegative)
    }

    package static func - (a: Whole, b: Whole) -> Whole { a + -b }

    package static func * (a: Whole, b: Whole) -> Whole {
        Whole(a.magnitude * b.magnitude, isNegative: a.isNegative != b.isNegative)
    }

    /// The quotient without its fraction.
    package static func / (a: Whole, b: Whole) -> Whole {
        Whole(a.magnitude / b.magnitude, isNegative: a.isNegative != b.isNegative)
    }

    /// The quotient rounded down, also below zero.
    package func floored(by divisor: Whole) -> Whole {
        let quotient = self / divisor
        return quotient * divisor > self ? quotient - Whole(1) : quotient
    }

    /// The quotient rounded up, also below zero.
    package func raised(by divisor: Whole) -> Whole { -(-self).floored(by: divisor) }
}
