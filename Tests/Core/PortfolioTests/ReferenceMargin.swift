import Foundation

/// Each venue's formula as plain loops over plain numbers, written from its description alone: options are priced with the C
/// library's functions, one by one, scenario by scenario. Nothing of the engine is used.
struct ReferenceMargin {
    struct Option {
        var isCall: Bool
        var strike: Double
        var amount: Double
        var expiry: Int
    }
    struct Expiry {
        var underlying: Int
        var forward: Double
        var seconds: Double
        var rate: Double
        /// By strike: what the smile says.
        var volatility: (Double) -> Double
        var years: Double { max(seconds, 0) / 31_536_000 }
    }
    struct Future {
        var underlying: Int
        var price: Double
        var size: Double
        var entry: Double
        var initial = 0.0
        var maintenance = 0.0
    }

    var cash = 0.0
    var spots: [Double]
    var base: [Double]
    var baseWeight = 0.8
    var expiries: [Expiry]
    var options: [Option] = []
    var futures: [Future] = []

    static func price(_ isCall: Bool, _ f: Double, _ k: Double, _ sigma: Double, _ t: Double, _ r: Double) -> Double {
        let s = sigma * t.squareRoot()
        guard s > 0 else { return exp(-r * t) * max(isCall ? f - k : k - f, 0) }
        let d1 = log(f / k) / s + s / 2
        let n = { (x: Double) in 0.5 * erfc(-x / 2.0.squareRoot()) }
        return exp(-r * t) * (isCall ? f * n(d1) - k * n(d1 - s) : k * n(s - d1) - f * n(-d1))
    }

    func value(_ o: Option, spot: Double = 1, volatility: Double = 1) -> Double {
        let e = expiries[o.expiry]
        let sigma = max(e.volatility(log(o.strike / e.forward)), 0.01)
        return Self.price(o.isCall, e.forward * spot, o.strike, sigma * volatility, e.years, e.rate)
    }

    var optionMarks: Double { options.reduce(0) { $0 + $1.amount * value($1) } }
    var futureWorth: Double { futures.reduce(0) { $0 + $1.size * $1.price - $1.entry } }
    var equity: Double { cash + optionMarks + futureWorth + zip(spots, base).reduce(0) { $0 + $1.0 * $1.1 } }

    // MARK: option by option

    func deriveStandard(initial: Bool) -> Double {
        var sum = cash + futureWorth
        for f in futures { sum -= abs(f.size) * spots[f.underlying] * (initial ? 0.10 : 0.065) }
        for u in spots.indices { sum += base[u] * spots[u] * (base[u] > 0 ? baseWeight : 1) }
        for e in expiries.indices {
            let own = options.filter { $0.expiry == e }
            let spot = spots[expiries[e].underlying]
            var isolated = 0.0
            for o in own where o.amount < 0 {
                let mark = o.amount * value(o)
                let out = max(o.isCall ? o.strike - spot : spot - o.strike, 0) / spot
                let mult = max(0.13, 0.15 - out)
                if o.isCall {
                    isolated += mark + (initial ? mult : 0.09) * spot * o.amount
                } else {
                    let kept = min(0.09 * spot * o.amount, 0.09 * mark) + mark
                    isolated += initial ? min(mult * spot * o.amount + mark, kept * 1.05) : kept
                }
            }
            var loss = 0.0
            for price in [0] + own.map(\.strike) {
                var payoff = 0.0
                for o in own { payoff += o.amount * max(o.isCall ? price - o.strike : o.strike - price, 0) }
                loss = min(loss, payoff)
            }
            let calls = own.filter(\.isCall).reduce(0) { $0 + $1.amount }
            if calls < 0 { loss += calls * (initial ? 1.2 : 1.1) * expiries[e].forward }
            sum += max(isolated, loss)
        }
        return sum
    }

    func deribitStandard(initial: Bool) -> Double {
        var sum = cash + futureWorth
        for f in futures { sum -= abs(f.size) * spots[f.underlying] * (initial ? f.initial : f.maintenance) }
        for u in spots.indices { sum += base[u] * spots[u] * (base[u] > 0 ? baseWeight : 1) }
        for o in options where o.amount < 0 {
            // In units of the underlying, as the venue states it.
            let spot = spots[expiries[o.expiry].underlying]
            let mark = value(o) / spot
            let out = max(o.isCall ? o.strike - spot : spot - o.strike, 0) / spot
            let opened = max(0.15 - out, 0.10) + mark
            let kept = o.isCall ? 0.075 + mark : max(0.075, 0.075 * mark) + mark
            sum += o.amount * spot * (initial ? (o.isCall ? opened : max(opened, kept)) : kept)
        }
        return sum
    }

    // MARK: scenarios

    private func volatilityFactor(_ e: Int, _ up: Double, _ down: Double, _ direction: Int, _ p: (Double, Double))
        -> Double
    {
        let tau = 30 * 86_400 / max(expiries[e].seconds, 86_400)
        let mult = pow(tau, expiries[e].seconds <= 30 * 86_400 ? p.0 : p.1)
        return direction > 0 ? 1 + up * mult : direction < 0 ? max(0, 1 - down * mult) : 1
    }

    private func linear(_ u: Int, _ move: Double) -> Double {
        futures.filter { $0.underlying == u }.reduce(base[u] * spots[u] * move) { $0 + $1.size * $1.price * move }
    }

    private func values(_ e: Int, _ spot: Double, _ volatility: Double) -> Double {
        options.filter { $0.expiry == e }.reduce(0) { $0 + $1.amount * value($1, spot: spot, volatility: volatility) }
    }

    func derivePortfolio(initial: Bool) -> Double {
        var total = 0.0
        for u in spots.indices {
            let own = expiries.indices.filter { expiries[$0].underlying == u }
            var worst = 0.0
            for e in own {
                let mark = values(e, 1, 1)
                let apart = min(values(e, 1.05, 1) - mark, values(e, 0.95, 1) - mark, 0)
                worst += apart * (1 + 1.2 * expiries[e].years)
            }
            for step in -4...4 {
                for direction in [1, 0, -1] where abs(step) < 4 || direction == 1 {
                    let move = Double(step) * 0.05
                    var profit = linear(u, move)
                    for e in own {
                        let t = expiries[e].years
                        let discount = 0.95 * exp(-t * (max(expiries[e].rate, 0) + 0.12))
                        let v = values(e, 1 + move, volatilityFactor(e, 0.6, 0.3, direction, (0.3, 0.13)))
                        profit += (v > 0 ? v * discount : v) - values(e, 1, 1)
                    }
                    worst = min(worst, profit)
                }
            }
            let held = futures.filter { $0.underlying == u }.reduce(0) { $0 + abs($1.size) }
            total += worst - (0.03 * held + 0.03 * abs(base[u]) + 0.02 * naked(u)) * spots[u]
        }
        return equity + total * (initial ? 1.25 : 1)
    }

    func naked(_ u: Int) -> Double {
        var sum = 0.0
        for e in expiries.indices where expiries[e].underlying == u {
            let own = options.filter { $0.expiry == e }
            for strike in Set(own.map(\.strike)) {
                let calls = own.filter { $0.strike == strike && $0.isCall }.reduce(0) { $0 + $1.amount }
                let puts = own.filter { $0.strike == strike && !$0.isCall }.reduce(0) { $0 + $1.amount }
                if calls < 0 && puts < 0 { sum -= calls + puts }
                if calls < 0 && puts >= 0 { sum += max(-calls - puts, 0) }
                if puts < 0 && calls >= 0 { sum += max(-puts - calls, 0) }
            }
        }
        return sum
    }

    func deribitPortfolio(initial: Bool) -> Double {
        var total = 0.0
        for u in spots.indices {
            var worst = 0.0
            for step in -4...4 {
                for direction in [1, 0, -1] {
                    worst = min(worst, profit(u, 0.04 * Double(step), 0.5, 0.25, direction, (0.3, 0.13)))
                }
            }
            for far in [-0.66, -0.5, -0.33, 0.33, 0.5, 1, 2, 3, 5] {
                worst = min(worst, profit(u, far, 0.5, 0.25, 1, (0.3, 0.13)) * 0.16 / abs(far))
            }
            let held = futures.filter { $0.underlying == u }.reduce(0) { $0 + abs($1.size) }
            total += worst - (0.006 * held + 0.006 * abs(base[u]) + 0.01 * naked(u)) * spots[u]
        }
        return equity + total * (initial ? 1.25 : 1)
    }

    private func profit(_ u: Int, _ move: Double, _ up: Double, _ down: Double, _ direction: Int, _ p: (Double, Double))
        -> Double
    {
        expiries.indices.filter { expiries[$0].underlying == u }.reduce(linear(u, move)) {
            $0 + values($1, 1 + move, volatilityFactor($1, up, down, direction, p)) - values($1, 1, 1)
        }
    }

    func span(initial: Bool) -> Double {
        var grid: [[Double]] = []
        var least: [Double] = []
        for u in spots.indices {
            var row: [Double] = []
            for thirds in -3...3 {
                for direction in [1, -1] {
                    row.append(profit(u, 0.15 * Double(thirds) / 3, 0.25, 0.25, direction, (0, 0)))
                }
            }
            for move in [0.3, -0.3] { row.append(0.35 * profit(u, move, 0, 0, 0, (0, 0))) }
            grid.append(row)
            let shorts = options.filter { expiries[$0.expiry].underlying == u }.reduce(0) { $0 + max(-$1.amount, 0) }
            least.append(-0.01 * shorts * spots[u])
        }
        let alone = spots.indices.reduce(0) { $0 + min(grid[$1].min() ?? 0, least[$1]) }
        let held = spots.indices.filter { u in
            base[u] != 0 || futures.contains { $0.underlying == u }
                || options.contains { expiries[$0.expiry].underlying == u }
        }
        var joint = alone
        if held.count > 1 {
            joint = least.reduce(0, +)
            for s in grid[0].indices { joint = min(joint, held.reduce(0) { $0 + grid[$1][s] }) }
        }
        return equity + (0.5 * alone + 0.5 * joint) * (initial ? 1.1 : 1)
    }

    func margin(_ model: Int, initial: Bool = false) -> Double {
        switch model {
        case 0: deriveStandard(initial: initial)
        case 1: derivePortfolio(initial: initial)
        case 2: deribitStandard(initial: initial)
        case 3: deribitPortfolio(initial: initial)
        default: span(initial: initial)
        }
    }
}
