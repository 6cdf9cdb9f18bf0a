import Domain
import Portfolio
import Units

/// Books and paths by chance.
extension OptionMarket {
    static func random(_ generator: inout SeededGenerator, model: Int) -> OptionMarket {
        let near = generator.below(4) == 0
        let first = near ? 0.02 + 0.2 * generator.fraction() : 1 + 4 * generator.fraction()
        return OptionMarket(model: model, days: [first, first + 6, first + 25 + 30 * generator.fraction(), first + 9])
    }

    mutating func randomHolding(_ generator: inout SeededGenerator, options count: Int) -> Holding {
        var holding = Holding()
        for _ in 0..<count {
            let expiry = Int(generator.below(4))
            let around = Double(forwards[expiry]) * (0.85 + 0.05 * Double(generator.below(7)))
            let step: UInt64 = Self.underlyingOf[expiry] == 0 ? 5_000_000_000 : 100_000_000_000
            let strike = UInt64(around) / step * step
            let option = addSeries(expiry, strike: strike, isCall: generator.below(2) == 0)
            let size = Int64(generator.within(-300...200))
            holding.options[option, default: 0] += Self.underlyingOf[expiry] == 0 ? size : size / 10
        }
        if generator.below(3) == 0 {
            holding.perpetual = Int64(generator.within(-200...200))
            holding.entry = holding.perpetual * Int64(generator.within(2_950...3_050)) * 10_000
        }
        if generator.below(4) == 0 { holding.base[Int(generator.below(2))] = Int64(generator.within(1...50)) }
        fund(&holding, &generator)
        return holding
    }

    /// Enough cash to stand near the edge, on either side.
    mutating func fund(_ holding: inout Holding, _ generator: inout SeededGenerator) {
        holding.cash = 0
        let lacking = -reference(holding).margin(model) / Self.base
        let scale = 0.01 * gross(holding) / Self.base
        holding.cash = Int64((lacking + scale * (1.2 * generator.fraction() - 0.2)) * 1e6)
    }

    func gross(_ holding: Holding) -> Double {
        let plain = reference(holding)
        var sum = abs(plain.cash) + Self.base
        for option in plain.options { sum += abs(option.amount) * plain.expiries[option.expiry].forward }
        for future in plain.futures { sum += abs(future.size) * future.price }
        return sum
    }

    /// One thing happens.
    mutating func tick(_ generator: inout SeededGenerator) {
        let size = generator.below(7) == 0 ? 0.03 : 0.008
        func moved(_ value: UInt64, by times: Double = 1) -> UInt64 {
            UInt64(Double(value) * (1 + times * size * (2 * generator.fraction() - 1)))
        }
        switch generator.below(12) {
        case 0, 1:
            let u = Int(generator.below(2))
            setSpot(u, moved(prices[u]))
        case 2, 3, 4:
            let e = Int(generator.below(4))
            setForward(e, moved(forwards[e]))
        case 5: setPerpetual(moved(perpetualPrice))
        case 6, 7:
            let e = Int(generator.below(4))
            var smile = smiles[e]
            smile.atTheMoney = Int64(moved(UInt64(smile.atTheMoney), by: 6))
            if generator.below(2) == 0 { smile.skew += Int64(generator.within(-80_000_000...80_000_000)) }
            if generator.below(2) == 0 { smile.curvature += Int64(generator.within(-80_000_000...80_000_000)) }
            if generator.below(5) == 0 { smile.rate += Int64(generator.within(-5_000_000...5_000_000)) }
            setSmile(e, smile)
        case 8, 9, 10: setClock(clock + Int64(generator.below(3) == 0 ? 7_000 : generator.below(300) + 1))
        default:
            let account = Int(generator.below(UInt64(holdings.count)))
            var holding = holdings[account]
            fund(&holding, &generator)
            place(account, holding)
        }
    }
}
