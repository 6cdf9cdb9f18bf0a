/// A range of real numbers that surely contains the true result: interval arithmetic with outward rounding.
///
/// Each operation rounds to nearest and then steps one double outward, so the true value of the operation, for every pair
/// of true values in the operands, lies between `low` and `high`. `low ≤ high` always; ±∞ stands for "no bound".
///
/// | expression | result |
/// |---|---|
/// | `a + b`, `a - b`, `a * b`, `-a` | encloses every sum, difference, product |
/// | `a / b` | the whole line when b contains 0 |
/// | `a.squareRoot` | of the part of a that is not negative, of which there must be some |
/// | `.exp(a)`, `.log(a)`, `.density(a)`, `.cumulative(a)` | with the error bounds of `Elementary` and `Normal` added outward |
public struct Enclosure: Hashable, Sendable {
    public let low: Double
    public let high: Double

    @inlinable public init(_ low: Double, _ high: Double) {
        precondition(low <= high, "Condition: an enclosure has its ends in order and no NaN")
        self.low = low
        self.high = high
    }

    /// The one number, exactly.
    @inlinable public init(_ value: Double) { self.init(value, value) }

    @inlinable public static var whole: Enclosure { Enclosure(-.infinity, .infinity) }

    @inlinable public func contains(_ value: Double) -> Bool { low <= value && value <= high }
    public var width: Double { (high - low).nextUp }

    /// The smallest enclosure of both.
    @inlinable public func joined(with other: Enclosure) -> Enclosure {
        Enclosure(min(low, other.low), max(high, other.high))
    }

    /// What is in both. They must meet.
    @inlinable public func intersection(_ other: Enclosure) -> Enclosure {
        Enclosure(max(low, other.low), min(high, other.high))
    }

    /// Ends that were computed with rounding, one step outward. ∞ − ∞ knows nothing: the whole line.
    @inlinable public static func outward(_ low: Double, _ high: Double) -> Enclosure {
        Enclosure(low.isNaN ? -.infinity : low.nextDown, high.isNaN ? .infinity : high.nextUp)
    }
}

extension Enclosure {
    @inlinable public static func + (a: Enclosure, b: Enclosure) -> Enclosure {
        outward(a.low + b.low, a.high + b.high)
    }
    @inlinable public static func - (a: Enclosure, b: Enclosure) -> Enclosure {
        outward(a.low - b.high, a.high - b.low)
    }
    @inlinable public static prefix func - (a: Enclosure) -> Enclosure { Enclosure(-a.high, -a.low) }

    @inlinable public static func * (a: Enclosure, b: Enclosure) -> Enclosure {
        let (p, q) = (product(a.low, b.low), product(a.low, b.high))
        let (r, s) = (product(a.high, b.low), product(a.high, b.high))
        return outward(min(p, q, r, s), max(p, q, r, s))
    }

    @inlinable public static func / (a: Enclosure, b: Enclosure) -> Enclosure {
        guard !b.contains(0) else { return whole }
        let (p, q) = (quotient(a.low, b.low), quotient(a.low, b.high))
        let (r, s) = (quotient(a.high, b.low), quotient(a.high, b.high))
        return outward(min(p, q, r, s), max(p, q, r, s))
    }

    @inlinable public var squareRoot: Enclosure {
        precondition(high >= 0, "Condition: a root is taken of something that is not negative")
        let root = Self.outward(max(low, 0).squareRoot(), high.squareRoot())
        return Enclosure(max(root.low, 0), root.high)
    }

    /// An end at infinity stands for numbers without bound, all finite: zero of them is zero.
    @inlinable public static func product(_ a: Double, _ b: Double) -> Double { a == 0 || b == 0 ? 0 : a * b }
    /// Infinite by infinite may be anything that has the sign: zero is the end that the other corners do not give.
    @inlinable public static func quotient(_ a: Double, _ b: Double) -> Double { b.isInfinite ? 0 : a / b }
}
