import CAllocations
import Options

/// Times the portfolio-margin kernel: options × scenarios of one underlying, best of many rounds.
///
/// Prints the heap allocations of all rounds, the microseconds of the best, and as `total` the sum of all values, by
/// which `scripts/bench_portfolio.py` sees that QuantLib priced the same book.
enum PortfolioBench {
    private static let options = 200
    private static let expiries = 4
    private static let rounds = 4_000

    static func run() {
        var kernel = ScenarioKernel(shocks().span, expiriesMax: expiries)
        let (book, market) = (positions(), (0..<expiries).map(expiry))
        var sums = ContiguousArray<Double>(repeating: 0, count: expiries * kernel.scenarios)
        var best = Double.infinity
        var first = sums.mutableSpan
        kernel.value(book.span, at: market.span, into: &first)
        let before = callocations_count()
        for _ in 0..<rounds {
            let time = Stopwatch.nanosecondsPerRound(1) {
                var out = sums.mutableSpan
                kernel.value(book.span, at: market.span, into: &out)
            }
            best = min(best, time)
        }
        // Before any text is made of it: that allocates too.
        let allocations = callocations_count() - before
        print("allocations \(allocations)")
        print("microseconds \(best / 1_000)")
        print("total \(sums.reduce(0, +))")
    }

    /// 23 scenarios, as Derive's first portfolio margin has: spot in steps of 5 % to ±15 % with the volatility up, unchanged
    /// and down, and ±20 % with the volatility up.
    private static func shocks() -> [PriceShock] {
        var shocks: [PriceShock] = []
        for step in -3...3 {
            for volatility in [1.6, 1, 0.7] {
                shocks.append(PriceShock(forwardFactor: 1 + 0.05 * Double(step), volatilityFactor: volatility))
            }
        }
        shocks.append(PriceShock(forwardFactor: 0.8, volatilityFactor: 1.6))
        shocks.append(PriceShock(forwardFactor: 1.2, volatilityFactor: 1.6))
        return shocks
    }

    private static func expiry(_ index: Int) -> OptionExpiry {
        let days = [1.0, 7, 30, 90][index]
        return OptionExpiry(forward: 3_000 + 5 * days, discount: 1 - days / 9_000, years: days / 365)
    }

    /// Calls and puts, long and short, strikes from 60 % to 140 %, in a fixed pattern that a reference can repeat.
    private static func positions() -> [OptionPosition] {
        var book: [OptionPosition] = []
        for index in 0..<options {
            let volatility = 0.5 + 0.002 * Double(index % 50)
            book.append(
                OptionPosition(
                    index % 2 == 0 ? .call : .put, strike: 1_800 + 12 * Double(index), volatility: volatility,
                    expiry: index % expiries, amount: Double(index % 7 - 3)))
        }
        return book
    }
}
