import Numerics
import Options
import Testing
import Units

@Suite struct ScenarioKernelTests {
    /// Sums differ from the pricer's only by the rounding of ln(F/K) + ln(factor), which a spread of σ√τ magnifies in the
    /// far tail: 10^-12 of each value, and 10^-24 of the forward where a value is next to nothing.
    @Test(arguments: 0..<10)
    func `one option under every scenario is what the pricer says`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let shocks = generator.shocks(23)
        var kernel = ScenarioKernel(shocks.span, expiriesMax: 1)
        var sums = ContiguousArray<Double>(repeating: 0, count: 23)
        for round in 0..<150 {
            let (option, expiry) = (generator.position(), generator.expiry())
            let (book, market) = ([option], [expiry])
            var out = sums.mutableSpan
            kernel.value(book.span, at: market.span, into: &out)
            for scenario in shocks.indices {
                let pricer = pricer(option, expiry, shocks[scenario])
                let expected = option.amount * expiry.discount * pricer.value(option.kind)
                let allowed = 1e-12 * max(expected.magnitude, option.amount.magnitude * pricer.forward * 1e-12)
                let distance = (sums[scenario] - expected).magnitude
                #expect(distance <= allowed, "seed \(seed) round \(round) scenario \(scenario): \(option) \(expiry)")
            }
        }
    }

    @Test(arguments: 0..<5)
    func `a book is the sum of its options, expiry by expiry`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let shocks = generator.shocks(7)
        let market = (0..<3).map { _ in generator.expiry() }
        var book: [OptionPosition] = []
        for index in 0..<60 { book.append(generator.position(expiry: index % 3)) }
        var kernel = ScenarioKernel(shocks.span, expiriesMax: 5)
        let sums = kernel.sums(of: book, at: market)
        #expect(sums.count == 21)
        for expiry in 0..<3 {
            for scenario in 0..<7 {
                var (expected, size) = (0.0, 0.0)
                for option in book where option.expiry == expiry {
                    let price = pricer(option, market[expiry], shocks[scenario]).value(option.kind)
                    expected += option.amount * market[expiry].discount * price
                    size += (option.amount * price).magnitude
                }
                #expect((sums[expiry * 7 + scenario] - expected).magnitude <= 1e-12 * size, "seed \(seed)")
            }
        }
    }

    @Test func `an expiry can have shocks of its own`() {
        let still = [PriceShock(forwardFactor: 1, volatilityFactor: 1)]
        let wild = [PriceShock(forwardFactor: 0.9, volatilityFactor: 2)]
        let expiry = OptionExpiry(forward: 100, discount: 1, years: 0.1)
        let book = (0..<2).map { OptionPosition(.put, strike: 100, volatility: 0.5, expiry: $0, amount: 1) }
        var kernel = ScenarioKernel(still.span, expiriesMax: 2)
        kernel.setShocks(ofExpiry: 1, wild.span)
        let sums = kernel.sums(of: book, at: [expiry, expiry])
        #expect(
            (sums[0] - BlackPricer(forward: 100, strike: 100, volatility: 0.5, years: 0.1).value(.put)).magnitude
                < 1e-12)
        #expect(
            (sums[1] - BlackPricer(forward: 90, strike: 100, volatility: 1, years: 0.1).value(.put)).magnitude < 1e-12)
    }

    @Test func `at expiry every scenario pays what is intrinsic`() {
        let shocks = [0.8, 1, 1.2].map { PriceShock(forwardFactor: $0, volatilityFactor: 1) }
        var kernel = ScenarioKernel(shocks.span, expiriesMax: 1)
        let book = [OptionPosition(.call, strike: 100, volatility: 0.5, expiry: 0, amount: -2)]
        let sums = kernel.sums(of: book, at: [OptionExpiry(forward: 100, discount: 0.5, years: 0)])
        #expect(sums[0] == 0 && sums[1].magnitude < 1e-13 && (sums[2] + 20).magnitude < 1e-13)
    }

    @Test func `a kernel forgets the portfolio before`() {
        var generator = SeededGenerator(seed: 1)
        let shocks = generator.shocks(5)
        var used = ScenarioKernel(shocks.span, expiriesMax: 1)
        var fresh = ScenarioKernel(shocks.span, expiriesMax: 1)
        let (market, book) = ([generator.expiry()], [generator.position()])
        _ = used.sums(of: [generator.position(), generator.position()], at: [generator.expiry()])
        let (first, second) = (used.sums(of: book, at: market), fresh.sums(of: book, at: market))
        #expect(first == second)
    }

    private func pricer(_ option: OptionPosition, _ expiry: OptionExpiry, _ shock: PriceShock) -> BlackPricer {
        BlackPricer(
            forward: expiry.forward * shock.forwardFactor, strike: option.strike,
            volatility: option.volatility * shock.volatilityFactor, years: expiry.years)
    }
}

extension ScenarioKernel {
    fileprivate mutating func sums(of book: [OptionPosition], at market: [OptionExpiry]) -> ContiguousArray<Double> {
        var sums = ContiguousArray<Double>(repeating: .nan, count: market.count * scenarios)
        var out = sums.mutableSpan
        value(book.span, at: market.span, into: &out)
        return sums
    }
}

extension SeededGenerator {
    fileprivate mutating func shocks(_ count: Int) -> [PriceShock] {
        (0..<count).map { _ in
            PriceShock(forwardFactor: 0.6 + 0.8 * fraction(), volatilityFactor: 0.5 + 1.5 * fraction())
        }
    }

    /// From a day to two years.
    fileprivate mutating func expiry() -> OptionExpiry {
        OptionExpiry(
            forward: 2_000 + 100 * fraction(), discount: 0.9 + 0.1 * fraction(),
            years: Elementary.exp(-5.9 + 6.6 * fraction()))
    }

    fileprivate mutating func position(expiry: Int = 0) -> OptionPosition {
        OptionPosition(
            below(2) == 0 ? .call : .put, strike: 800 + 2_400 * fraction(), volatility: 0.2 + 1.5 * fraction(),
            expiry: expiry, amount: 20 * fraction() - 10)
    }
}
