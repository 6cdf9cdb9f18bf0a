import Testing
import Units

/// The signed word against a slow second opinion: two's complement in bits, added and multiplied one bit at a time.
@Suite struct Int256Tests {
    @Test(arguments: 0..<40)
    func `sums, differences, products and quotients are two's complement's`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let a = generator.signedWord(), b = generator.signedWord()
            let x = Bits(a), y = Bits(b)
            #expect(a.adding(b) == (x + y).word, "seed \(seed): \(a) + \(b)")
            #expect(a.subtracting(b) == (x + y.opposite).word, "seed \(seed): \(a) - \(b)")
            #expect(a.multiplied(by: b) == (x * y).word, "seed \(seed): \(a) * \(b)")
            #expect((a < b) == (x + y.opposite).isNegative, "seed \(seed): \(a) < \(b)")
            #expect(Int256(decimal: "\(a)") == a, "seed \(seed): \(a)")
        }
    }

    /// quotient · divisor + remainder is the dividend, and the remainder says which rounding it was.
    @Test(arguments: 0..<40)
    func `a product over a divisor rounds as it says, and is nil only when it does not fit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let a = generator.signedWord(), b = generator.signedWord(), c = generator.signedWord()
            guard !c.isZero else { continue }
            let product = Bits(a) * Bits(b), divisor = Bits(c)
            if let quotient = a.multiplied(by: b, dividedTowardZeroBy: c) {
                let rest = product + (Bits(quotient) * divisor).opposite
                #expect(rest.magnitude < divisor.magnitude, "seed \(seed): \(a) * \(b) / \(c)")
                #expect(rest.isZero || rest.isNegative == product.isNegative, "seed \(seed): \(a) * \(b) / \(c)")
            } else {
                // The quotient is at least 2^255 in magnitude.
                #expect(!(product.magnitude < Bits(.min).magnitude * divisor.magnitude), "seed \(seed)")
            }
            if let floor = a.multiplied(by: b, dividedRoundingDownBy: c) {
                let rest = product + (Bits(floor) * divisor).opposite
                #expect(rest.magnitude < divisor.magnitude, "seed \(seed): \(a) * \(b) / \(c)")
                #expect(rest.isZero || rest.isNegative == divisor.isNegative, "seed \(seed): \(a) * \(b) / \(c)")
            }
            #expect(a.dividedTowardZero(by: c) == a.multiplied(by: 1, dividedTowardZeroBy: c))
            #expect(a.dividedRoundingDown(by: c) == a.multiplied(by: 1, dividedRoundingDownBy: c))
        }
    }

    @Test func `minus seven halves is minus three toward zero and minus four rounded down`() {
        #expect(Int256(-7).dividedTowardZero(by: 2) == -3)
        #expect(Int256(-7).dividedRoundingDown(by: 2) == -4)
        #expect(Int256(7).dividedRoundingDown(by: -2) == -4)
        #expect(Int256(-7).dividedRoundingDown(by: -2) == 3)
    }

    @Test func `the ends of the range have no neighbours beyond`() {
        #expect(Int256.max.adding(1) == nil)
        #expect(Int256.min.subtracting(1) == nil)
        #expect(Int256.min.dividedTowardZero(by: -1) == nil)
        #expect(Int256.min.multiplied(by: -1) == nil)
        #expect(Int256.min.subtracting(.min) == 0)
        #expect(Int256(-1).subtracting(.min) == .max)
        #expect(Int256(UInt256.max) == nil)
    }

    @Test func `128 bits go in and come back out`() {
        for value in [Int128.min, -1, 0, 1, .max] {
            #expect(Int256(value).asInt128 == value)
            #expect(Int256(value).description == value.description)
        }
        #expect((Int256(Int128.max) + 1).asInt128 == nil)
        #expect((Int256(Int128.min) - 1).asInt128 == nil)
        #expect(Int256(-1).asUInt256 == nil)
    }

    @Test func `text is digits and at most a minus`() {
        for text in ["", "-", "+1", "--1", " 1", "1-", "0x1"] { #expect(Int256(decimal: text) == nil, "\(text)") }
        #expect(Int256(decimal: "-0") == 0)
        #expect(Int256(decimal: "\(Int256.min)") == .min)
        #expect(Int256(decimal: "\(Int256.max.magnitude + 1)") == nil)
    }

    @Test func `the opposite of the least value is our fault and traps`() async {
        await #expect(processExitsWith: .failure) { _ = -Int256.min }
    }
}

/// A two's complement number of forty digits of 16 bits, least first: too slow for anything but to be right.
private struct Bits {
    static let count = 40
    var digits: [UInt64]

    init(_ digits: [UInt64]) { self.digits = digits }

    init(_ value: Int256) {
        let halves = [value.magnitude.low, value.magnitude.high]
        var digits = halves.flatMap { half in (0..<8).map { UInt64(half >> UInt128(16 * $0) & 0xFFFF) } }
        digits += Array(repeating: 0, count: Self.count - 16)
        self.digits = digits
        if value.isNegative { self = opposite }
    }

    var isNegative: Bool { digits[Self.count - 1] >> 15 == 1 }
    var isZero: Bool { digits.allSatisfy { $0 == 0 } }
    var magnitude: Bits { isNegative ? opposite : self }
    var opposite: Bits {
        Bits(digits.map { 0xFFFF - $0 }) + Bits([1] + Array(repeating: 0, count: Self.count - 1))
    }

    /// The word, when every bit above the 255th repeats the sign.
    var word: Int256? {
        let sign: UInt64 = isNegative ? 0xFFFF : 0
        guard digits[16...].allSatisfy({ $0 == sign }), digits[15] >> 15 == sign >> 15 else { return nil }
        let plain = magnitude.digits
        var halves: [UInt128] = [0, 0]
        for i in 0..<16 { halves[i / 8] |= UInt128(plain[i]) << UInt128(16 * (i % 8)) }
        return Int256(magnitude: UInt256(high: halves[1], low: halves[0]), isNegative: isNegative)
    }

    static func + (a: Bits, b: Bits) -> Bits {
        var carry: UInt64 = 0
        return Bits(
            zip(a.digits, b.digits).map { x, y in
                carry += x + y
                defer { carry >>= 16 }
                return carry & 0xFFFF
            })
    }

    /// As on paper; what lies above the top digit falls away, as two's complement wants it.
    static func * (a: Bits, b: Bits) -> Bits {
        var product: [UInt64] = Array(repeating: 0, count: count)
        for i in 0..<count {
            var carry: UInt64 = 0
            for j in 0..<count - i {
                carry += product[i + j] + a.digits[i] * b.digits[j]
                product[i + j] = carry & 0xFFFF
                carry >>= 16
            }
        }
        return Bits(product)
    }

    static func < (a: Bits, b: Bits) -> Bool { (a + b.opposite).isNegative }
}

extension SeededGenerator {
    /// A signed word of a random width, at times at an end of the range.
    fileprivate mutating func signedWord() -> Int256 {
        switch below(12) {
        case 0: return .min
        case 1: return .max
        case 2: return Int256(Int128(within(-2...2)))
        default:
            let width = within(1...255)
            var magnitude = UInt256.zero
            for _ in 0..<width {
                magnitude = magnitude.adding(magnitude)?.adding(below(2) == 0 ? 0 : 1) ?? .zero
            }
            return Int256(magnitude: magnitude, isNegative: below(2) == 0) ?? .zero
        }
    }
}
