import Domain
import Margin
import MarginEngine
import Units

/// Accounts that never come near the edge: the crowd that a liquidator must watch and leave alone.
///
/// Each is judged by the exact rules at prices worse than any of the episode: every collateral at its lowest, every debt at
/// its highest, whenever these were. What is healthy there is healthy throughout; the margin of `floor` over 1.05 is for
/// version 2's average threshold, which may lose a basis point of the collateral with the mix of the values.
struct SafeAccounts {
    /// 1.051 with 18 decimals.
    static let floor = UInt256(1_051_000_000_000_000_000 as UInt128)
    /// 0.1 ether, doubled up to eleven times: log-uniform by octaves, 0.1 to 200 ether.
    private static let smallestWei: UInt128 = 100_000_000_000_000_000
    private static let largestWei: UInt128 = 200_000_000_000_000_000_000
    private static let octaves: UInt64 = 11
    /// The health factor aimed at in the worst case, in basis points.
    private static let target = 10_600...30_000

    private let reserves: [EpisodeReserve]
    private let startPrices: [UInt128]
    private let ranges: [ClosedRange<UInt128>]
    private let collaterals: [ReserveIndex]
    private var worst: Judge

    init(_ reserves: [EpisodeReserve], startPrices: [UInt128], ranges: [ClosedRange<UInt128>]) {
        self.reserves = reserves
        self.startPrices = startPrices
        self.ranges = ranges
        collaterals = reserves.filter { $0.definition.liquidationThreshold != .zero }.map(\.definition.reserve)
        // Every reserve twice: as itself at its lowest price, and past the end at its highest, for debts.
        let twins = reserves.map { reserve in
            var twin = reserve
            twin.definition.reserve = Self.twin(reserve.definition.reserve, reserves.count)
            return twin
        }
        worst = Judge(reserves + twins)
        for (position, range) in ranges.enumerated() {
            let index = ReserveIndex(position)
            worst.set(index, Price(baseUnits: range.lowerBound))
            worst.set(Self.twin(index, reserves.count), Price(baseUnits: range.upperBound))
        }
    }

    private static func twin(_ index: ReserveIndex, _ count: Int) -> ReserveIndex {
        ReserveIndex(index.position + count)
    }

    /// So many accounts. The same generator state gives the same accounts.
    func accounts(_ count: Int, _ random: inout SeededGenerator) -> [EpisodeAccount] {
        (0..<count).map { number in
            var legs: [Leg] = []
            // A token amount that rounds to nothing is drawn again; the bound is never met with real parameters.
            for _ in 0..<Self.drawsMax where legs.isEmpty { legs = draw(&random) }
            precondition(!legs.isEmpty, "Invariant: a safe account is found in a few draws")
            return EpisodeAccount(name: "safe-\(number + 1)", fate: .safe, legs: legs)
        }
    }

    private static let drawsMax = 16

    private func draw(_ random: inout SeededGenerator) -> [Leg] {
        let value = size(&random)
        var free = collaterals
        var legs: [Leg] = []
        var adjusted = UInt256.zero
        let held = random.within(1...min(2, free.count))
        for _ in 0..<held {
            let reserve = free.remove(at: random.within(0...free.count - 1))
            let amount = tokens(worth: value / UInt128(held), reserve, startPrices[reserve.position])
            legs.append(Leg(reserve, .collateral, amount))
            adjusted = adjusted + adjustedWorth(amount, reserve)
        }
        let debts = reserves.map(\.definition.reserve).filter { reserve in
            !legs.contains { $0.factor.reserve == reserve }
        }
        guard let debt = debts.isEmpty ? nil : debts[random.within(0...debts.count - 1)] else { return [] }
        let target = UInt256(random.within(Self.target))
        guard let owed = adjusted.dividedRoundingDown(by: target).asUInt128 else { return [] }
        legs.append(Leg(debt, .debt, tokens(worth: owed, debt, ranges[debt.position].upperBound)))
        return legs.allSatisfy { $0.amount > 0 } && isSafe(legs) ? legs : []
    }

    private func size(_ random: inout SeededGenerator) -> UInt128 {
        let base = Self.smallestWei << UInt128(random.below(Self.octaves))
        return min(base + UInt128(random.below(1_000_000)) * (base / 1_000_000), Self.largestWei)
    }

    private func tokens(worth wei: UInt128, _ reserve: ReserveIndex, _ price: UInt128) -> UInt128 {
        let unit = Decimals.powerOfTen(reserves[reserve.position].definition.decimals)
        return UInt256(wei).multiplied(by: UInt256(unit), dividedRoundingDownBy: UInt256(price))?.asUInt128 ?? 0
    }

    /// Worth at the lowest price, times the threshold in basis points.
    private func adjustedWorth(_ amount: UInt128, _ reserve: ReserveIndex) -> UInt256 {
        let definition = reserves[reserve.position].definition
        let worth = UInt256(amount) * UInt256(ranges[reserve.position].lowerBound)
        return worth.dividedRoundingDown(by: UInt256(Decimals.powerOfTen(definition.decimals)))
            * UInt256(UInt64(definition.liquidationThreshold.count))
    }

    /// The judgement at prices that no moment is worse than.
    func isSafe(_ legs: [Leg]) -> Bool {
        let twinned = legs.map { leg in
            leg.factor.side == .collateral ? leg : Leg(Self.twin(leg.factor.reserve, reserves.count), .debt, leg.amount)
        }
        return (worst.health(of: twinned)?.healthFactor ?? .zero) >= Self.floor
    }
}
