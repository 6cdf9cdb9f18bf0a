import Numerics
import Options

/// Functions of one argument, and the option's value: each by its derivative here and the derivative's enclosure.
extension Jet {
    public var logarithm: Jet { through(Elementary.log(here), .log(range), Slope(1 / here, Enclosure(1) / range)) }

    public var exponential: Jet {
        let value = Elementary.exp(here)
        return through(value, .exp(range), Slope(value, .exp(range)))
    }

    public var squareRoot: Jet {
        let (value, over) = (here.squareRoot(), range.squareRoot)
        return through(value, over, Slope(0.5 / value, Enclosure(0.5) / over))
    }

    public static func moneyness(of strike: Double, at forward: Double, logarithm: Jet) -> Jet {
        Jet(strike).logarithm - logarithm
    }

    public var inverse: Jet {
        let over = Enclosure(1) / range
        return through(1 / here, over, Slope(-1 / (here * here), -(over * over)))
    }

    private func through(_ value: Double, _ range: Enclosure, _ slope: Slope) -> Jet {
        var jet = Jet(value, range, [])
        jet.follow(self, by: slope)
        return jet
    }

    public static func option(
        _ contract: OptionContract, forward: Jet, volatility: Jet, years: Jet, rate: Double
    ) -> Jet {
        var jet = Jet(0)
        let greeks = jet.add(contract, 1, forward: forward, volatility: volatility, years: years, rate: rate)
        jet.follow(forward, by: greeks.delta)
        jet.follow(years, by: greeks.years)
        return jet
    }

    public static func revalued(
        _ expiry: ExpiryBook<Jet>, under shocks: ExpiryShocks<Jet>
    ) -> ContiguousArray<Jet> {
        let volatilities = ContiguousArray(
            expiry.options.map { ($0.volatility * shocks.up, $0.volatility, $0.volatility * shocks.down) })
        return ContiguousArray(
            shocks.moves.map { move in
                let forward = expiry.forward * move.forward
                var sum = Jet(0)
                // The forward and the time are the same for all: their slopes add up first, netted.
                var (delta, years) = (Slope.zero, Slope.zero)
                for (option, volatility) in zip(expiry.options, volatilities) {
                    let shocked =
                        switch move.volatility {
                        case .up: volatility.0
                        case .same: volatility.1
                        case .down: volatility.2
                        }
                    let greeks = sum.add(
                        option.contract, option.amount, forward: forward, volatility: shocked, years: expiry.years,
                        rate: expiry.rate)
                    delta = delta + greeks.delta
                    years = years + greeks.years
                }
                sum.follow(forward, by: delta)
                sum.follow(expiry.years, by: years)
                return sum
            })
    }

    /// Adds so many of an option: value, range and what follows its volatility. The caller follows forward and time.
    private mutating func add(
        _ contract: OptionContract, _ amount: Double, forward: Jet, volatility: Jet, years: Jet, rate: Double
    ) -> (delta: Slope, years: Slope) {
        let pricer = BlackPricer(
            forward: forward.here, strike: contract.strike, volatility: max(volatility.here, 0),
            years: max(years.here, 0), rate: rate)
        let box = OptionBox(
            forward: forward.range, volatility: volatility.range.notNegative, years: years.range.notNegative)
        let bounds = SlopeEnclosure(contract.kind, strike: contract.strike, over: box, rate: rate)
        let (value, greeks, count) = (pricer.value(contract.kind), pricer.greeks(contract.kind), Enclosure(amount))
        let delta = Slope(greeks.delta * amount, bounds.delta * count)
        let vega = Slope(greeks.vega * amount, bounds.vega * count)
        let passing = Slope(-greeks.theta * amount, -(bounds.theta * count))
        let rounding = (value + contract.strike) * abs(amount) * 1e-12
        var change = Enclosure(value * amount - rounding, value * amount + rounding)
        change = change + delta.bounds * (forward.range - Enclosure(forward.here))
        change = change + vega.bounds * (volatility.range - Enclosure(volatility.here))
        change = change + passing.bounds * (years.range - Enclosure(years.here))
        add(value * amount, change)
        follow(volatility, by: vega)
        return (delta, passing)
    }
}

extension Slope {
    static func + (a: Slope, b: Slope) -> Slope { Slope(a.here + b.here, a.bounds + b.bounds) }
}

extension Enclosure {
    /// What is known not to be negative cannot begin below zero; rounding outward may have said so.
    var notNegative: Enclosure { Enclosure(max(low, 0), max(high, 0)) }
}
