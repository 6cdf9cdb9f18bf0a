import Domain
import Liquidity
import Testing
import Units

@Suite struct StatedDepthTests {
    private static let ether: TokenAmount = 1_000_000_000_000_000_000

    /// Ticks of nested positions around a tick, at any scale of liquidity; every third statement has something wrong.
    private func statement(_ random: inout SeededGenerator) -> (DepthUpdate.Form, ContiguousArray<DepthRow>) {
        let spacing = Tick([1, 10, 60, 200][random.within(0...3)])
        let tick = Tick(Int64(random.below(1_774_544)) - 887_272)
        var net: [Tick: Int128] = [:]
        var liquidity: Int128 = 0
        let most = TickMath.most / spacing * spacing
        for _ in 0..<random.within(0...6) {
            let middle = tick / spacing * spacing
            let begin = max(middle - Tick(random.within(1...5_000)) * spacing, -most)
            let end = min(middle + Tick(random.within(1...5_000)) * spacing, most)
            guard begin <= tick, tick < end else { continue }
            let amount = Int128(1) << Int128(random.within(0...122)) + Int128(random.below(1_000))
            guard liquidity.addingReportingOverflow(amount).overflow == false else { continue }
            net[begin, default: 0] += amount
            net[end, default: 0] -= amount
            liquidity += amount
        }
        let root = TickMath.root(at: tick)
        let upper = tick == TickMath.most ? TickMath.mostRoot : TickMath.root(at: tick + 1)
        let form = ConcentratedForm(
            rootPrice: random.below(3) == 0 ? upper : root, tick: tick,
            liquidity: UInt128(liquidity) + (random.below(3) == 0 ? 1 : 0), feePips: UInt32(random.below(1_000_000)),
            spacing: spacing, assetIsToken0: random.below(2) == 0)
        let rows = net.sorted { $0.key < $1.key }.map { DepthRow.tick($0.key, net: $0.value) }
        return (.concentrated(form), ContiguousArray(rows))
    }

    @Test(arguments: 0..<400 as Range<UInt64>)
    func `whatever a pool states, it is refused or trades, and never traps`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let (form, rows) = statement(&random)
        guard let depth = Depth(form, rows, assetUnit: Self.ether) else { return }
        let split = SplitSale([depth, .pool(Pool(assetReserve: Self.ether, cashReserve: 2_000_000_000, fee: .zero))])
        for bits in stride(from: 0, to: 128, by: 9) {
            let amount = TokenAmount(1) << TokenAmount(bits)
            let alone = depth.proceeds(ofSelling: amount) ?? 0
            if let together = split.proceeds(ofSelling: amount) { #expect(together >= alone, "seed \(seed)") }
            _ = depth.cost(ofBuying: amount)
            _ = split.cost(ofBuying: amount)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `whatever a book states, it is refused or trades, and never traps`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var rows: ContiguousArray<DepthRow> = []
        var price = UInt128(1) << UInt128(random.within(8...126))
        for _ in 0..<random.within(0...20) {
            price -= price >> UInt128(random.within(2...9))
            guard price > 0 else { break }
            rows.append(.bid(price: price, size: UInt128(1) << UInt128(random.within(0...126))))
        }
        guard let depth = Depth(.book(feePips: UInt32(random.below(1_000_000))), rows, assetUnit: Self.ether) else {
            return
        }
        let split = SplitSale([depth, .pool(Pool(assetReserve: 1, cashReserve: .max >> 1, fee: .zero))])
        for bits in stride(from: 0, to: 128, by: 9) {
            _ = depth.proceeds(ofSelling: TokenAmount(1) << TokenAmount(bits))
            _ = split.proceeds(ofSelling: TokenAmount(1) << TokenAmount(bits))
        }
    }

    @Test func `a stated pool trades as one that is made by hand`() {
        let form = ConcentratedForm(
            rootPrice: TickMath.root(at: 5), tick: 5, liquidity: 1_000_000_000_000, feePips: 3_000, spacing: 60,
            assetIsToken0: true)
        let stated = Depth(
            .concentrated(form), [.tick(-600, net: 1_000_000_000_000), .tick(600, net: -1_000_000_000_000)],
            assetUnit: Self.ether)
        let made = ConcentratedPool(
            price: TickMath.root(at: 5), tick: 5, liquidity: 1_000_000_000_000, fee: Pips(3_000), spacing: 60,
            boundaries: [
                .init(tick: -600, liquidityNet: 1_000_000_000_000), .init(tick: 600, liquidityNet: -1_000_000_000_000),
            ])
        #expect(stated == .concentrated(ConcentratedDepth(pool: made, assetIsToken0: true)))
    }
}
