import Numerics
import Testing

/// Samples two true values in two random enclosures; the true result of an operation on them must lie in the enclosure of
/// the result. The sampled result is itself rounded, so it may stand half an ulp outside the truth: the outward step of
/// the enclosure must still hold it, because rounding to nearest is monotone.
@Suite struct EnclosureTests {
    @Test(arguments: 0..<20)
    func `every sampled sum, difference, product, quotient and root is enclosed`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<500 {
            let (a, b) = (random.enclosure(), random.enclosure())
            let (sum, difference, product, quotient) = (a + b, a - b, a * b, a / b)
            for _ in 0..<8 {
                let (x, y) = (random.sample(a), random.sample(b))
                #expect(sum.contains(x + y) && difference.contains(x - y), "\(a) \(b) seed \(seed)")
                #expect(product.contains(x * y), "\(a) \(b) seed \(seed)")
                #expect(y == 0 || quotient.contains(x / y), "\(a) \(b) seed \(seed)")
                #expect(x < 0 || a.squareRoot.contains(x.squareRoot()), "\(a) seed \(seed)")
            }
        }
    }

    /// The result of an operation on exact doubles is known exactly by its residual: no sampled rounding can hide a fault.
    @Test(arguments: 0..<4)
    func `an enclosure holds the exact result, not only the rounded one`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<2_000 {
            let (x, y) = (random.between(-2, 2), random.between(0.5, 3))
            let product = Enclosure(x) * Enclosure(y)
            // Signs of low - xy and high - xy, by one rounding of the exact difference.
            #expect((-product.low).addingProduct(x, y) > 0 && (-product.high).addingProduct(x, y) < 0, "seed \(seed)")
            let quotient = Enclosure(x) / Enclosure(y)
            #expect((-x).addingProduct(quotient.low, y) < 0 && (-x).addingProduct(quotient.high, y) > 0, "seed \(seed)")
            let root = Enclosure(y).squareRoot
            #expect((-y).addingProduct(root.low, root.low) < 0, "seed \(seed)")
            #expect((-y).addingProduct(root.high, root.high) > 0, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<20)
    func `every sampled exponential, logarithm, density and chance is enclosed`(seed: UInt64) {
        var random = RandomPoints(seed: seed)
        for _ in 0..<500 {
            let a = random.enclosure()
            let (exp, density, chance) = (Enclosure.exp(a), Enclosure.density(a), Enclosure.cumulative(a))
            #expect(exp.low >= 0 && density.low >= 0 && chance.low >= 0 && chance.high <= 1)
            for _ in 0..<8 {
                let x = random.sample(a)
                #expect(exp.contains(Elementary.exp(x)) && density.contains(Normal.density(x)), "\(a) seed \(seed)")
                #expect(chance.contains(Normal.cumulative(x)), "\(a) seed \(seed)")
                #expect(x <= 0 || Enclosure.log(a).contains(Elementary.log(x)), "\(a) seed \(seed)")
            }
        }
    }

    @Test func `enclosures stay narrow`() {
        let one = Enclosure(1)
        #expect((one + one).width < 2e-15 && (one / Enclosure(3)).width < 1e-15)
        #expect(Enclosure.exp(one).width < 1e-14 && Enclosure.cumulative(one).width < 1e-14)
        #expect(
            Enclosure.density(Enclosure(-1, 2)).high < 0.39894229 && Enclosure.density(Enclosure(-1, 2)).low > 0.0539)
    }

    @Test func `past the largest number an end is infinite and the other still holds`() {
        let large = Enclosure(Double.greatestFiniteMagnitude)
        #expect((large + large).high == .infinity && (large + large).low == .greatestFiniteMagnitude)
        #expect((large * large).contains(.greatestFiniteMagnitude))
        #expect(Enclosure.exp(Enclosure(1_000)).low > 1.797e308)
        #expect(Enclosure.exp(Enclosure(-1_000)).contains(0) && Enclosure.exp(Enclosure(-1_000)).high > 0)
        #expect((Enclosure.whole - Enclosure.whole) == .whole)
        #expect((Enclosure(0) * Enclosure.whole).contains(0) && (Enclosure(0) * Enclosure.whole).width < 1e-300)
        #expect(Enclosure(1) / Enclosure(-1, 1) == .whole && Enclosure(1) / Enclosure(0, 1) == .whole)
        #expect((Enclosure(1, .infinity) / Enclosure(1, .infinity)).contains(1e-300))
    }

    @Test func `ends out of order are the caller's fault`() async {
        await #expect(processExitsWith: .failure) { _ = Enclosure(2, 1) }
        await #expect(processExitsWith: .failure) { _ = Enclosure(.nan, 1) }
        await #expect(processExitsWith: .failure) { _ = Enclosure(-2, -1).squareRoot }
    }
}

extension RandomPoints {
    /// Of every size and position: around zero, far from it, a single number, a wide range.
    fileprivate mutating func enclosure() -> Enclosure {
        let scale = Elementary.exp(between(-12, 5))
        let (a, b) = (between(-scale, scale), between(-scale, scale))
        switch next() % 4 {
        case 0: return Enclosure(a)
        case 1: return Enclosure(a.magnitude, a.magnitude + b.magnitude)
        case 2: return Enclosure(a, a.nextUp)
        default: return Enclosure(min(a, b), max(a, b))
        }
    }

    fileprivate mutating func sample(_ a: Enclosure) -> Double {
        switch next() % 4 {
        case 0: return a.low
        case 1: return a.high
        default: return min(max(between(a.low, a.high), a.low), a.high)
        }
    }
}
