public import Numerics

/// A number together with how it moves: its value and slopes here, the range of its value over a box of factors, and
/// enclosures of its slopes that hold everywhere in the box. Interval arithmetic in forward differentiation (Moore,
/// Kearfott and Cloud, "Introduction to interval analysis", 2009, chapter 6).
///
/// Where a formula bends (`least`, `greatest`) and the box does not decide which branch it is on, both branches' slopes
/// are enclosed: the change between any two points of the box lies within what the enclosures allow.
///
/// Slopes are by the position of the variable; those behind the last are zero. Each operation makes one array.
public struct Jet: Quantity {
    public private(set) var here: Double
    public private(set) var range: Enclosure
    public private(set) var slopes: ContiguousArray<Slope>

    public static var hasBox: Bool { true }

    public init(_ value: Double) { self.init(value, Enclosure(value), []) }

    init(_ here: Double, _ range: Enclosure, _ slopes: ContiguousArray<Slope>) {
        self.here = here
        self.range = range
        self.slopes = slopes
    }

    public static func variable(_ position: Int, at value: Double, halfWidth: Double) -> Jet {
        var slopes = ContiguousArray(repeating: Slope.zero, count: position + 1)
        slopes[position] = Slope(1, Enclosure(1))
        let range = Enclosure(value) + Enclosure(-halfWidth, halfWidth)
        return Jet(value, range, slopes)
    }

    public static func + (a: Jet, b: Jet) -> Jet {
        var sum = a
        sum.add(b, times: 1)
        return sum
    }

    public static func - (a: Jet, b: Jet) -> Jet {
        var sum = a
        sum.add(b, times: -1)
        return sum
    }

    public static func * (a: Jet, b: Double) -> Jet {
        var sum = Jet(0)
        sum.add(a, times: b)
        return sum
    }

    public static func * (a: Jet, b: Jet) -> Jet {
        var product = Jet(a.here * b.here, a.range * b.range, [])
        product.follow(a, by: Slope(b.here, b.range))
        product.follow(b, by: Slope(a.here, a.range))
        return product
    }

    public mutating func add(_ other: Jet, times amount: Double) {
        here += other.here * amount
        range = range + other.range * Enclosure(amount)
        follow(other, by: Slope(amount, Enclosure(amount)))
    }

    /// Adds a value and its range, without slopes.
    mutating func add(_ value: Double, _ around: Enclosure) {
        here += value
        range = range + around
    }

    /// The chain rule: adds what an argument's slopes give by the slope in that argument.
    mutating func follow(_ argument: Jet, by slope: Slope) {
        let missing = argument.slopes.count - slopes.count
        if missing > 0 { slopes.append(contentsOf: repeatElement(Slope.zero, count: missing)) }
        for i in argument.slopes.indices {
            let inner = argument.slopes[i]
            guard !inner.isZero else { continue }
            slopes[i] = Slope(slopes[i].here + inner.here * slope.here, slopes[i].bounds + inner.bounds * slope.bounds)
        }
    }

    public static func least(_ a: Jet, _ b: Jet) -> Jet {
        if a.range.high <= b.range.low { return a }
        if b.range.high <= a.range.low { return b }
        let range = Enclosure(min(a.range.low, b.range.low), min(a.range.high, b.range.high))
        return either(a, b, a.here <= b.here, range)
    }

    public static func greatest(_ a: Jet, _ b: Jet) -> Jet {
        if a.range.low >= b.range.high { return a }
        if b.range.low >= a.range.high { return b }
        let range = Enclosure(max(a.range.low, b.range.low), max(a.range.high, b.range.high))
        return either(a, b, a.here >= b.here, range)
    }

    private static func either(_ a: Jet, _ b: Jet, _ isFirst: Bool, _ range: Enclosure) -> Jet {
        var jet = Jet(isFirst ? a.here : b.here, range, [])
        for i in 0..<max(a.slopes.count, b.slopes.count) {
            let (p, q) = (a.slope(i), b.slope(i))
            jet.slopes.append(Slope(isFirst ? p.here : q.here, p.bounds.joined(with: q.bounds)))
        }
        return jet
    }

    public func slope(_ position: Int) -> Slope { position < slopes.count ? slopes[position] : .zero }

    public func tightened(over halfWidths: ContiguousArray<Double>) -> Jet {
        // The value here is rounded; the range must hold the true one.
        let rounding = here.magnitude * 1e-12
        var around = Enclosure(here - rounding, here + rounding)
        for i in slopes.indices where !slopes[i].isZero {
            around = around + slopes[i].bounds * Enclosure(-halfWidths[i], halfWidths[i])
        }
        let (low, high) = (max(around.low, range.low), min(around.high, range.high))
        return Jet(here, low <= high ? Enclosure(low, high) : around, slopes)
    }
}

/// How a number moves with one variable: here, and anywhere in the box.
public struct Slope: Hashable, Sendable {
    public var here: Double
    public var bounds: Enclosure

    public init(_ here: Double, _ bounds: Enclosure) {
        self.here = here
        self.bounds = bounds
    }

    public static let zero = Slope(0, Enclosure(0))
    var isZero: Bool { bounds.low == 0 && bounds.high == 0 }
}
