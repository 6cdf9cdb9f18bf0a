import Mechanisms
import PlainNumbers
import Testing
import Units

/// The three curves and `rpow`, worked by hand and against plain arithmetic.
@Suite struct AuctionCurveTests {
    private static let ray: UInt128 = 1_000_000_000_000_000_000_000_000_000

    @Test func `a line falls to half in half of its time, and is nothing at its end`() {
        let curve = AuctionCurve.linear(duration: 3_600)
        let top = UInt256(150 * Self.ray)
        #expect(curve.price(from: top, after: 0) == top)
        #expect(curve.price(from: top, after: 1_800) == UInt256(75 * Self.ray))
        #expect(curve.price(from: top, after: 3_599) == UInt256(41_666_666_666_666_666_666_666_550))
        #expect(curve.price(from: top, after: 3_600) == .zero)
    }

    @Test func `a stair keeps its price until the next step`() {
        let curve = AuctionCurve.stairstep(step: 90, cut: UInt256(Self.ray / 100 * 99))
        let top = UInt256(100 * Self.ray)
        #expect(curve.price(from: top, after: 89) == top)
        #expect(curve.price(from: top, after: 90) == UInt256(99 * Self.ray))
        #expect(curve.price(from: top, after: 179) == UInt256(99 * Self.ray))
        #expect(curve.price(from: top, after: 180) == UInt256(98 * Self.ray + Self.ray / 100))
    }

    @Test func `powers are rounded half up at every step`() {
        // 1/3 squared is 0.111…1088…: the digits below the last are 0.88…9, up.
        let third = UInt256(333_333_333_333_333_333_333_333_333)
        #expect(AuctionCurve.power(third, 2) == UInt256(111_111_111_111_111_111_111_111_111))
        #expect(AuctionCurve.power(third, 0) == UInt256(Self.ray))
        #expect(AuctionCurve.power(.zero, 3) == .zero)
        #expect(AuctionCurve.power(UInt256(high: 1, low: 0), 2) == nil, "a base past 128 bits cannot be squared")
        #expect(AuctionCurve.power(UInt256(high: 1, low: 0), 1) == UInt256(high: 1, low: 0))
    }

    @Test(arguments: 0..<40)
    func `powers and prices are plain arithmetic's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let ray = Natural.ten(27)
        for _ in 0..<20 {
            let cut = min(generator.number(bits: 60...90), Self.ray), top = generator.number(bits: 1...126)
            let seconds = generator.below(5_000), step = generator.below(120) + 1
            let plain = PlainPower.power(Natural(cut), seconds)
            let power = try #require(AuctionCurve.power(UInt256(cut), seconds))
            #expect("\(power)" == "\(plain)", "seed \(seed): \(cut)^\(seconds)")
            let exponential = AuctionCurve.exponential(cut: UInt256(cut)).price(from: UInt256(top), after: seconds)
            #expect(exponential?.description == "\(Natural(top) * plain / ray)", "seed \(seed)")
            let stair = AuctionCurve.stairstep(step: step, cut: UInt256(cut)).price(from: UInt256(top), after: seconds)
            let stairs = PlainPower.power(Natural(cut), seconds / step)
            #expect(stair?.description == "\(Natural(top) * stairs / ray)", "seed \(seed)")
            let duration = generator.below(10_000) + 1
            let line = AuctionCurve.linear(duration: duration).price(from: UInt256(top), after: seconds)
            let left = duration > seconds ? Natural(UInt128(duration - seconds)) : Natural(0)
            #expect(
                line?.description == "\(left * ray / Natural(UInt128(duration)) * Natural(top) / ray)", "seed \(seed)")
        }
    }

    @Test(arguments: 0..<20)
    func `the first second below a limit is the one that looking at every second finds`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let top = UInt256(generator.number(bits: 80...100))
        let cut = Self.ray - generator.number(bits: 70...84)
        let curves: [AuctionCurve] = [
            .linear(duration: 700), .stairstep(step: 17, cut: UInt256(cut)), .exponential(cut: UInt256(cut)),
        ]
        for curve in curves {
            let limit = UInt256(generator.number(bits: 70...100))
            let found = curve.firstSecond(from: 3, to: 600, top: top) { $0 < limit }
            let scanned = (3...600 as ClosedRange<UInt64>).first { second in
                curve.price(from: top, after: second).map { $0 < limit } ?? false
            }
            #expect(found == scanned, "seed \(seed): \(curve)")
        }
    }
}

/// `rpow` on numbers without a width: the same half-up roundings, from the exponent's binary digits upwards.
private enum PlainPower {
    static func power(_ base: Natural, _ exponent: UInt64) -> Natural {
        let ray = Natural.ten(27)
        func product(_ a: Natural, _ b: Natural) -> Natural { (a * b + ray / Natural(2)) / ray }
        var (square, result, rest) = (base, ray, exponent)
        var isFirst = true
        while rest > 0 {
            // The first factor is taken as it is: one times it would round nothing either.
            if rest % 2 == 1 { result = isFirst ? square : product(result, square) }
            isFirst = false
            rest /= 2
            if rest > 0 { square = product(square, square) }
        }
        return result
    }
}
