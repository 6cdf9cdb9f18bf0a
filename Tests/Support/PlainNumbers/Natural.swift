public import Units

/// A natural number of any size, in decimal digits as on paper: slow, without a width to overflow, and nothing in common
/// with the integers that it is to check. For tests only.
public struct Natural: Comparable, CustomStringConvertible, Sendable {
    /// Groups of nine decimal digits, least first, without leading zeros.
    private var groups: [UInt64]
    private static let base: UInt64 = 1_000_000_000

    private init(groups: [UInt64]) {
        self.groups = groups
        while self.groups.last == 0 { self.groups.removeLast() }
    }

    /// Reads decimal digits.
    public init(_ decimal: String) {
        var groups: [UInt64] = []
        var rest = Substring(decimal)
        while !rest.isEmpty {
            groups.append(UInt64(rest.suffix(9)) ?? 0)
            rest = rest.dropLast(9)
        }
        self.init(groups: groups)
    }

    public init(_ value: UInt256) { self.init(value.description) }
    public init(_ value: UInt128) { self.init(value.description) }
    public init(_ value: Int) { self.init(value.description) }

    /// 10^exponent.
    public static func ten(_ exponent: Int) -> Natural { Natural("1" + String(repeating: "0", count: exponent)) }

    /// 2^256: what no word holds.
    public static let wordLimit = Natural(UInt256.max) + Natural(1)

    /// The number, unless a checked word of the EVM could not hold it.
    public var fitsWord: Bool { self < Self.wordLimit }

    public var isZero: Bool { groups.isEmpty }

    public var description: String {
        guard let top = groups.last else { return "0" }
        return groups.dropLast().reversed().reduce("\(top)") { text, group in
            let digits = "\(group)"
            return text + String(repeating: "0", count: 9 - digits.count) + digits
        }
    }

    public static func < (a: Natural, b: Natural) -> Bool {
        guard a.groups.count == b.groups.count else { return a.groups.count < b.groups.count }
        return a.groups.reversed().lexicographicallyPrecedes(b.groups.reversed())
    }

    public static func + (a: Natural, b: Natural) -> Natural {
        var sum: [UInt64] = []
        var carry: UInt64 = 0
        for i in 0..<max(a.groups.count, b.groups.count) {
            carry += (i < a.groups.count ? a.groups[i] : 0) + (i < b.groups.count ? b.groups[i] : 0)
            sum.append(carry % base)
            carry /= base
        }
        return Natural(groups: sum + [carry])
    }

    /// The difference; traps below zero.
    public static func - (a: Natural, b: Natural) -> Natural {
        precondition(a >= b, "Condition: a difference is not negative")
        var difference = a.groups
        var borrow: UInt64 = 0
        for i in difference.indices {
            let taken = (i < b.groups.count ? b.groups[i] : 0) + borrow
            borrow = difference[i] < taken ? 1 : 0
            difference[i] += borrow * base
            difference[i] -= taken
        }
        return Natural(groups: difference)
    }

    public static func * (a: Natural, b: Natural) -> Natural {
        var product = [UInt64](repeating: 0, count: a.groups.count + b.groups.count + 1)
        for i in a.groups.indices {
            var carry: UInt64 = 0
            for j in b.groups.indices {
                carry += product[i + j] + a.groups[i] * b.groups[j]
                product[i + j] = carry % base
                carry /= base
            }
            product[i + b.groups.count] += carry
        }
        return Natural(groups: product)
    }

    /// The quotient rounded down: group by group, each digit found by bisection.
    public static func / (a: Natural, b: Natural) -> Natural {
        precondition(!b.isZero, "Condition: a divisor is not zero")
        var quotient: [UInt64] = []
        var rest = Natural(groups: [])
        for group in a.groups.reversed() {
            rest = Natural(groups: [group] + rest.groups)
            var (low, high): (UInt64, UInt64) = (0, base)
            while high - low > 1 {
                let middle = (low + high) / 2
                if b * Natural(groups: [middle]) <= rest { low = middle } else { high = middle }
            }
            rest = rest - b * Natural(groups: [low])
            quotient.append(low)
        }
        return Natural(groups: quotient.reversed())
    }

    /// The quotient rounded up.
    public func dividedRoundingUp(by divisor: Natural) -> Natural {
        let quotient = self / divisor
        return quotient * divisor == self ? quotient : quotient + Natural(1)
    }
}
