import Domain
import Margin
import MarginEngine
import Units

/// Accounts whose fate is open: one to three collaterals, one or two debts, and a health factor at the start from 1.02 to 2.5.
struct OpenAccounts {
    /// The health factor at the start, in basis points.
    private static let health = 10_200...25_000
    /// Of a hundred accounts, how many owe only dollar tokens: what most people borrow.
    private static let dollarDebtors = 75
    private static let smallestWei: UInt128 = 500_000_000_000_000_000
    private static let octaves: UInt64 = 9
    private static let drawsMax = 16

    private let reserves: [EpisodeReserve]
    private let prices: [UInt128]
    private let judge: Judge

    init(_ reserves: [EpisodeReserve], startPrices: [UInt128]) {
        self.reserves = reserves
        prices = startPrices
        var judge = Judge(reserves)
        for (position, price) in startPrices.enumerated() {
            judge.set(ReserveIndex(position), Price(baseUnits: price))
        }
        self.judge = judge
    }

    func accounts(_ count: Int, _ random: inout SeededGenerator) -> [EpisodeAccount] {
        (0..<count).map { number in
            var legs: [Leg] = []
            for _ in 0..<Self.drawsMax where legs.isEmpty { legs = draw(&random) }
            precondition(!legs.isEmpty, "Invariant: an account is found in a few draws")
            return EpisodeAccount(name: "demo-\(number + 1)", fate: .open, legs: legs)
        }
    }

    private func draw(_ random: inout SeededGenerator) -> [Leg] {
        let value =
            (Self.smallestWei << UInt128(random.below(Self.octaves))) / 1_000 * UInt128(random.within(1_000...1_999))
        let held = chosen(random.within(1...3), &random) { $0.definition.liquidationThreshold != .zero }
        let isDollarDebtor = random.within(1...100) <= Self.dollarDebtors
        let owed = chosen(random.within(1...2), &random) { reserve in
            !held.contains(reserve.definition.reserve)
                && (!isDollarDebtor || PriceTimeline.dollarTokens.contains(reserve.name))
        }
        guard !owed.isEmpty else { return [] }
        var adjusted: UInt128 = 0
        var legs = held.map { reserve in
            let part = value / UInt128(held.count)
            adjusted += reserves[reserve.position].definition.liquidationThreshold.share(of: part)
            return Leg(reserve, .collateral, tokens(worth: part, reserve))
        }
        let debt = adjusted / UInt128(random.within(Self.health)) * 10_000
        legs += owed.map { Leg($0, .debt, tokens(worth: debt / UInt128(owed.count), $0)) }
        let isHealthy = judge.health(of: legs).map { !$0.isLiquidatable } ?? false
        return isHealthy && legs.allSatisfy { $0.amount > 0 } ? legs : []
    }

    /// Up to so many different reserves that fit.
    private func chosen(
        _ count: Int, _ random: inout SeededGenerator, where fits: (EpisodeReserve) -> Bool
    ) -> [ReserveIndex] {
        var free = reserves.filter(fits).map(\.definition.reserve)
        return (0..<min(count, free.count)).map { _ in free.remove(at: random.within(0...free.count - 1)) }
    }

    private func tokens(worth wei: UInt128, _ reserve: ReserveIndex) -> UInt128 {
        let unit = Decimals.powerOfTen(reserves[reserve.position].definition.decimals)
        return UInt256(wei).multiplied(by: UInt256(unit), dividedRoundingDownBy: UInt256(prices[reserve.position]))?
            .asUInt128 ?? 0
    }
}
