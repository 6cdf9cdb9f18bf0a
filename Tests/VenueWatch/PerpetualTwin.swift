import Domain
import Margin
import PlainNumbers
import Units

/// How a perpetual venue's market is laid out: cash first, then collateral, then the perpetuals.
struct PerpetualLayout {
    var cashDecimals = 6
    /// Beside cash.
    var collaterals = 0
    var collateralDecimals = 18
    var collateralPrice: UInt128 = 1
    var perpetuals = 0
    var sizeDecimals = 9
    /// A typical price of a whole unit, and a typical size, in bits of smallest units.
    var price: UInt128 = 1
    var sizeBits: ClosedRange<Int> = 30...40
    /// By how much funding moves, in bits; and whether it only ever grows.
    var fundingBits: ClosedRange<Int> = 1...20
    /// How many bits of cash units an account may be off the edge.
    var marginBits = 34
    var positionsMost = 3
}

/// A perpetual venue's market: positions long and short, funding of either sign, several collaterals.
protocol PerpetualTwin: VenueTwin {
    var layout: PerpetualLayout { get }

    /// New parameters of an instrument, at the start and now and then.
    func setParameters(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator)

    /// What a position was entered for, by the venue's own count.
    func entry(size: Int128, price: UInt128) -> Int128

    /// A holding's traits.
    func traits(_ positions: Int, _ generator: inout SeededGenerator) -> AccountTraits
}

extension PerpetualTwin {
    var firstPerpetual: Int { 1 + layout.collaterals }
    var count: Int { firstPerpetual + layout.perpetuals }

    func traits(_ positions: Int, _ generator: inout SeededGenerator) -> AccountTraits { .none }

    mutating func setUp(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        for i in 0..<count {
            let decimals =
                i == 0 ? layout.cashDecimals : i < firstPerpetual ? layout.collateralDecimals : layout.sizeDecimals
            watch.define(.plain(i, decimals: decimals))
            setParameters(i, &watch, &generator)
            let price = i == 0 ? 1_000_000 : i < firstPerpetual ? layout.collateralPrice : layout.price
            watch.set(ReserveIndex(i), price: Price(baseUnits: price * UInt128(generator.within(1...9))))
            if i >= firstPerpetual { setQuotes(i, &watch, &generator) }
        }
    }

    /// The most of the two prices, a little above the least.
    private func setQuotes(_ i: Int, _ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let price = watch.price(i)
        let most = Price(baseUnits: price + price / UInt128(generator.within(900...2_000)))
        watch.update(ReserveIndex(i)) { $0.quotes.oracle = most }
    }

    func holdings(
        _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> (legs: [Leg], AccountTraits) {
        var legs: [Leg] = []
        for i in 1..<firstPerpetual where layout.collaterals == 1 || generator.below(2) == 0 {
            legs.append(Leg(ReserveIndex(i), .collateral, generator.number(bits: 40...62)))
        }
        let instruments = Array(firstPerpetual..<count).shuffled(using: &generator)
        let taken = instruments.prefix(generator.within(1...layout.positionsMost))
        for i in taken { legs += position(i, watch, &generator) }
        let traits = traits(taken.count, &generator)
        return (legs + cash(legs, traits, watch, &generator), traits)
    }

    private func position(_ i: Int, _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator) -> [Leg] {
        let reserve = ReserveIndex(i)
        let amount = generator.number(bits: layout.sizeBits)
        let isLong = generator.below(2) == 0
        let size = isLong ? Int128(amount) : -Int128(amount)
        let price = watch.price(i) / 100 * UInt128(generator.within(80...120))
        let funding = watch.reserves.state(of: reserve)?.cumulativeFunding ?? 0
        let settled = funding - Int128(generator.number(bits: layout.fundingBits))
        return [
            Leg(reserve, isLong ? .collateral : .debt, amount), Leg(reserve, .accrual, signed: settled),
            Leg(reserve, .entry, signed: entry(size: size, price: price)),
        ]
    }

    /// So much cash that the account stands where it is just not liquidated, or near that.
    func cash(
        _ legs: [Leg], _ traits: AccountTraits, _ watch: borrowing MarginWatch, _ generator: inout SeededGenerator
    ) -> [Leg] {
        let most: Int128 = layout.cashDecimals == 18 ? 1 << 84 : 1 << 48
        var (low, high) = (-most, most)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            let factors = (legs + balance(middle)).map(\.factor), amounts = (legs + balance(middle)).map(\.amount)
            let health = rules.health(
                factors: factors.span, amounts: amounts.span, traits: traits, in: watch.reserves)
            guard let health else { return balance(0) }
            if health.isLiquidatable { low = middle } else { high = middle }
        }
        let away = Int128(generator.number(bits: 1...layout.marginBits))
        return balance(high + [0, 0, -1, 1, away, away, -away][generator.within(0...6)])
    }

    func balance(_ units: Int128) -> [Leg] {
        units == 0 ? [] : [Leg(ReserveIndex(0), units > 0 ? .collateral : .debt, units.magnitude)]
    }

    mutating func tick(_ watch: inout MarginWatch, _ generator: inout SeededGenerator) {
        let i = generator.within(min(1, count - 1)...count - 1)
        switch generator.below(24) {
        case 0: setParameters(generator.within(0...count - 1), &watch, &generator)
        case 1...5 where i >= firstPerpetual:
            let change = Int128(generator.number(bits: layout.fundingBits))
            let isPaid = generator.below(2) == 0
            watch.update(ReserveIndex(i)) { $0.cumulativeFunding += isPaid ? change : -change }
        default:
            watch.movePrice(i, &generator)
            if i >= firstPerpetual, generator.below(2) == 0 { setQuotes(i, &watch, &generator) }
        }
    }
}

extension MarginWatch {
    /// A parameter in millionths of one.
    mutating func set(_ i: Int, _ parameter: MarginParameter, millionths: Int) {
        set(ReserveIndex(i), parameter, to: Int128(millionths) * 1_000_000_000_000)
    }
}
