import Domain
import Liquidity
import PlainNumbers
import RandomDepths
import Testing
import Units

@Suite struct DepthTests {
    @Test(arguments: 0..<40)
    func `a curve says what a venue fetches and costs, to a part in a thousand million and some units`(seed: UInt64) {
        var random = RandomDepth(seed: seed)
        var compared = 0
        for depth in [random.pool(), random.concentrated(), random.book(), random.inventory()] {
            for side in [TradeSide.sale, .purchase] {
                let curve = DepthCurve(of: [depth], side)
                for _ in 0..<40 {
                    let amount = random.amount()
                    let context = Comment(rawValue: "seed \(seed), \(side), \(amount) of \(depth)")
                    let exact = side == .sale ? depth.proceeds(ofSelling: amount) : depth.cost(ofBuying: amount)
                    guard let point = curve.point(at: amount.approximate) else {
                        #expect(exact == nil, context)
                        continue
                    }
                    guard let exact else { continue }
                    #expect(abs(point.cash - exact.approximate) <= 1e-9 * point.cash + 64, context)
                    compared += 1
                }
            }
        }
        #expect(compared > 100, "seed \(seed)")
    }

    @Test(arguments: 0..<40)
    func `a curve's price is what a small part more fetches or costs`(seed: UInt64) {
        var random = RandomDepth(seed: 500 + seed)
        for _ in 0..<20 {
            let venues = ContiguousArray((0..<random.generator.within(1...5)).map { _ in random.any() })
            for side in [TradeSide.sale, .purchase] {
                let curve = DepthCurve(of: venues, side)
                let amount = random.amount().approximate
                guard let here = curve.point(at: amount), let more = curve.point(at: amount * 1.000_01) else {
                    continue
                }
                let slope = (more.cash - here.cash) / (amount * 0.000_01)
                // Between the price at the begin and at the end of the part.
                let (low, high) = (min(here.price, more.price), max(here.price, more.price))
                let context = Comment(rawValue: "seed \(seed), \(side): \(slope) of \(low)...\(high)")
                #expect(slope >= low * 0.999_99 && slope <= high * 1.000_01, context)
            }
        }
    }

    @Test(arguments: 0..<40)
    func `what went in buys what came out, and what came out does not fetch more than went in`(seed: UInt64) {
        var random = RandomDepth(seed: 900 + seed)
        for _ in 0..<20 {
            guard case .concentrated(let depth) = random.concentrated() else { continue }
            for direction in [ConcentratedPool.Direction.zeroForOne, .oneForZero] {
                guard let whole = depth.pool.swap(direction, exactIn: random.amount()) else { continue }
                let back = depth.pool.after(whole)
                // What came out can be bought for no more than what went in, from the same start.
                let bought = depth.pool.swap(direction, exactOut: whole.amountOut)
                #expect(bought.map { $0.amountIn <= whole.amountIn } == true, "seed \(seed)")
                // And swapping it back cannot earn anything.
                let other: ConcentratedPool.Direction = direction == .zeroForOne ? .oneForZero : .zeroForOne
                if let returned = back.swap(other, exactIn: whole.amountOut) {
                    #expect(returned.amountOut <= whole.amountIn, "seed \(seed)")
                }
            }
        }
    }

    @Test func `a book is swept from the best price and the taker pays`() throws {
        let bids: ContiguousArray = [OrderBook.Level(price: 1_000, size: 10), OrderBook.Level(price: 900, size: 10)]
        let asks: ContiguousArray = [OrderBook.Level(price: 1_100, size: 5), OrderBook.Level(price: 1_200, size: 5)]
        let book = try #require(OrderBook(bids: bids, asks: asks, assetUnit: 1, fee: Pips(500)))
        // 10·1 000 + 5·900 = 14 500, less 7.25; 5·1 100 + 2·1 200 = 7 900, and 3.95.
        #expect(book.proceeds(ofSelling: 15) == 14_492)
        #expect(book.cost(ofBuying: 7) == 7_904)
        #expect(book.proceeds(ofSelling: 21) == nil)
        #expect(book.cost(ofBuying: 11) == nil)
    }

    /// Level by level on paper.
    @Test(arguments: 0..<20)
    func `a sweep is the sum over its levels, rounded once against us`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<50 {
            var price = generator.number(bits: 30...50)
            let levels = ContiguousArray(
                (0..<10).map { _ in
                    price -= 1 + generator.number(bits: 5...20)
                    return OrderBook.Level(price: price, size: generator.number(bits: 1...70))
                })
            let fee = UInt32(generator.below(50_000))
            let unit = Reserve.powerOfTen(UInt8(generator.within(0...18)))
            let book = try #require(
                OrderBook(bids: levels, asks: ContiguousArray(levels.reversed()), assetUnit: unit, fee: Pips(fee)))
            let amount = UInt128(generator.below(UInt64.max)) % levels.reduce(0) { $0 + $1.size }
            let divisor = Natural(1_000_000) * Natural(unit)
            let bought = Self.sum(amount, levels.reversed()) * Natural(Int(1_000_000 + fee))
            let sold = Self.sum(amount, Array(levels)) * Natural(Int(1_000_000 - fee)) / divisor
            #expect(book.proceeds(ofSelling: amount).map { Natural($0) } == sold, "seed \(seed), round \(round)")
            #expect(
                book.cost(ofBuying: amount).map { Natural($0) } == bought.dividedRoundingUp(by: divisor),
                "seed \(seed), round \(round)")
        }
    }

    @Test func `a book that is out of order or holds nothing at a price is refused`() {
        let levels = { (prices: [UInt128], size: TokenAmount) in
            ContiguousArray(prices.map { OrderBook.Level(price: $0, size: size) })
        }
        #expect(OrderBook(bids: levels([9, 10], 1), asks: [], assetUnit: 1, fee: .zero) == nil)
        #expect(OrderBook(bids: [], asks: levels([10, 9], 1), assetUnit: 1, fee: .zero) == nil)
        #expect(OrderBook(bids: levels([10, 10], 1), asks: [], assetUnit: 1, fee: .zero) == nil)
        #expect(OrderBook(bids: levels([10], 0), asks: [], assetUnit: 1, fee: .zero) == nil)
    }

    @Test
    func `what is kept counts at the oracle's price less the haircut, and what is given at the price and the haircut`()
    {
        let inventory = Inventory(
            assetPrice: Price(baseUnits: 2_000_00000000), assetUnit: RandomDepth.ether,
            cashPrice: Price(baseUnits: 1_00000000), cashUnit: 1_000_000, haircut: .basisPoints(100),
            room: 5 * RandomDepth.ether, stock: RandomDepth.ether)
        #expect(inventory.proceeds(ofSelling: 5 * RandomDepth.ether) == 9_900_000_000)
        #expect(inventory.proceeds(ofSelling: 5 * RandomDepth.ether + 1) == nil)
        #expect(inventory.proceeds(ofSelling: 1) == 0)
        #expect(inventory.cost(ofBuying: RandomDepth.ether) == 2_020_000_000)
        #expect(inventory.cost(ofBuying: 1) == 1)
        #expect(inventory.cost(ofBuying: RandomDepth.ether + 1) == nil)
    }

    @Test func `the table answers for assets that have a row, and for no other`() {
        var random = RandomDepth(seed: 7)
        let pool = random.pool()
        var table = DepthTable.empty
        #expect(table.proceeds(ofSelling: 1, ReserveIndex(2)) == nil)
        table.set(ReserveIndex(2), to: .one(pool))
        #expect(
            table.proceeds(ofSelling: RandomDepth.ether, ReserveIndex(2)) == pool.proceeds(ofSelling: RandomDepth.ether)
        )
        #expect(table.cost(ofBuying: 1_000, ReserveIndex(2)) == pool.cost(ofBuying: 1_000))
        #expect(table.cost(ofBuying: 1_000, ReserveIndex(1)) == nil)
        table.set(ReserveIndex(2), to: nil)
        #expect(!table.contains(.sale, of: ReserveIndex(2)))
        table.set(ReserveIndex(2), sale: nil, purchase: .one(pool))
        #expect(!table.contains(.sale, of: ReserveIndex(2)) && table.contains(.purchase, of: ReserveIndex(2)))
    }

    private static func sum(_ amount: UInt128, _ levels: [OrderBook.Level]) -> Natural {
        var (rest, sum) = (amount, Natural(0))
        for level in levels {
            let part = min(rest, level.size)
            sum = sum + Natural(part) * Natural(level.price)
            rest -= part
        }
        return sum
    }
}
