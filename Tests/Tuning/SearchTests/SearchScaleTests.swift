import Testing

@testable import Search

@Suite struct SearchScaleTests {
    static let kinds: [SearchParameter.Kind] = [
        .continuous(low: -3, high: 7, isLogarithmic: false), .continuous(low: 1e-4, high: 1e3, isLogarithmic: true),
        .integer(low: -5, high: 9, isLogarithmic: false), .integer(low: 1, high: 100_000, isLogarithmic: true),
        .integer(low: 3, high: 4, isLogarithmic: true), .choice(["a", "b", "c"]),
    ]

    @Test(arguments: kinds.indices)
    func `every place is a value that the parameter may have, and the ends are the bounds`(kind: Int) {
        let parameter = SearchParameter("p", Self.kinds[kind], default: 0)
        for step in -10...1_010 {
            #expect(parameter.allows(parameter.value(at: Double(step) / 1_000)), "\(step)")
        }
        #expect(parameter.value(at: 0) == parameter.bounds.lowerBound)
        #expect(parameter.value(at: 1) == parameter.bounds.upperBound)
    }

    @Test(arguments: [2, 3, 4])
    func `every whole number is the one nearest to its own place, and thresholds part neighbours`(kind: Int) {
        let parameter = SearchParameter("p", Self.kinds[kind], default: 0)
        let (low, high) = (parameter.bounds.lowerBound, parameter.bounds.upperBound)
        for number in stride(from: low, through: high, by: high > 1_000 ? 37 : 1) {
            #expect(parameter.wholeNumber(near: parameter.place(of: number)) == number)
            guard number < high else { continue }
            let threshold = parameter.threshold(above: number)
            #expect(parameter.wholeNumber(near: threshold - 1e-9) == number)
            #expect(parameter.wholeNumber(near: threshold + 1e-9) == number + 1)
        }
        #expect(parameter.wholeNumber(near: -7) == low && parameter.wholeNumber(near: 7) == high)
    }

    @Test func `whole numbers and choices share a stretch out evenly`() {
        let dice = SearchParameter("p", .integer(low: 1, high: 6, isLogarithmic: false), default: 1)
        var counts = Array(repeating: 0, count: 6)
        for step in 0..<6_000 { counts[Int(dice.value(at: (Double(step) + 0.5) / 6_000)) - 1] += 1 }
        #expect(counts == Array(repeating: 1_000, count: 6))
        // A decade of a logarithmic scale is as wide as the next.
        let wide = SearchParameter("p", .continuous(low: 0.01, high: 100, isLogarithmic: true), default: 1)
        #expect((wide.value(at: 0.25) - 0.1).magnitude < 1e-12 && (wide.value(at: 0.75) - 10).magnitude < 1e-10)
    }

    @Test func `zero has one sign`() {
        let parameter = SearchParameter("p", .integer(low: -10, high: 10, isLogarithmic: false), default: 1)
        #expect(parameter.wholeNumber(near: 0.4999).sign == .plus && parameter.wholeNumber(near: 0.5001).sign == .plus)
    }
}
