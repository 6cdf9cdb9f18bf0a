import Domain
public import Liquidity
public import Units

/// Venues around one price, from seeds, for tests: an asset of 18 decimals at some thousands of a cash token of 6.
public struct RandomDepth {
    public var generator: SeededGenerator
    public static let ether: TokenAmount = 1_000_000_000_000_000_000

    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// Cash units for one whole asset: about 2 000, give or take half a per cent.
    public mutating func price() -> UInt128 { 2_000_000_000 + UInt128(generator.below(20_000_000)) - 10_000_000 }

    public mutating func pool() -> Depth {
        let asset = TokenAmount(1 + generator.below(5_000)) * Self.ether + TokenAmount(generator.next())
        return .pool(
            Pool(
                assetReserve: asset, cashReserve: asset * price() / Self.ether,
                fee: .basisPoints(UInt32(generator.within(1...100)))))
    }

    public mutating func book() -> Depth {
        let (bids, asks) = (side(worse: -1), side(worse: 1))
        guard
            let book = OrderBook(
                bids: bids, asks: asks, assetUnit: Self.ether, fee: Pips(UInt32(generator.below(2_000))))
        else { preconditionFailure("Invariant: levels were made in order") }
        return .book(book)
    }

    private mutating func side(worse: Int) -> ContiguousArray<OrderBook.Level> {
        var price = Int128(2_000_000_000 + worse * Int(generator.below(8_000_000)))
        var levels: ContiguousArray<OrderBook.Level> = []
        for _ in 0..<generator.within(1...12) {
            price += Int128(worse) * Int128(1 + generator.below(6_000_000))
            let size = 1 + TokenAmount(generator.below(200)) * Self.ether + TokenAmount(generator.next() >> 8)
            levels.append(OrderBook.Level(price: UInt128(price), size: size))
        }
        return levels
    }

    public mutating func inventory() -> Depth {
        .inventory(
            Inventory(
                assetPrice: Price(baseUnits: price() * 100), assetUnit: Self.ether,
                cashPrice: Price(baseUnits: 1_0000_0000), cashUnit: 1_000_000,
                haircut: .basisPoints(UInt32(generator.within(0...200))),
                room: TokenAmount(generator.below(500)) * Self.ether,
                stock: TokenAmount(generator.below(500)) * Self.ether))
    }

    /// Nested positions around the price, so that liquidity falls to both sides.
    public mutating func concentrated() -> Depth {
        let assetIsToken0 = generator.below(2) == 0
        // 2·10^9 cash units for 10^18 asset units is 2·10^-9: tick −200 311; the other way round it is its opposite.
        let middle: Tick = assetIsToken0 ? -200_311 : 200_311
        let tick = middle + Tick(generator.within(-50...50))
        let spacing: Tick = [10, 60, 200][generator.within(0...2)]
        var net: [Tick: Int128] = [:]
        var liquidity: Int128 = 0
        for _ in 0..<generator.within(1...5) {
            let width = Tick(generator.within(1...60))
            let begin = (tick.quotientAndRemainder(dividingBy: spacing).quotient - width) * spacing
            let end = begin + 2 * width * spacing
            let amount = Int128(1_000_000_000_000) * Int128(1 + generator.below(200_000))
            net[begin, default: 0] += amount
            net[end, default: 0] -= amount
            liquidity += amount
        }
        let pool = ConcentratedPool(
            price: TickMath.root(at: tick), tick: tick, liquidity: UInt128(liquidity),
            fee: Pips(UInt32(generator.within(100...10_000))), spacing: spacing,
            boundaries: ContiguousArray(
                net.filter { $0.value != 0 }.sorted { $0.key < $1.key }
                    .map { ConcentratedPool.Boundary(tick: $0.key, liquidityNet: $0.value) }))
        return .concentrated(ConcentratedDepth(pool: pool, assetIsToken0: assetIsToken0))
    }

    public mutating func any() -> Depth {
        switch generator.below(4) {
        case 0: pool()
        case 1: book()
        case 2: concentrated()
        default: inventory()
        }
    }

    /// From one wei to a thousand whole assets, evenly in its order of magnitude.
    public mutating func amount() -> TokenAmount {
        var amount: TokenAmount = 1 + TokenAmount(generator.below(9))
        for _ in 0..<generator.within(0...20) { amount = amount * 10 + TokenAmount(generator.below(10)) }
        return amount
    }
}
