import Domain
import Liquidity
import PlainNumbers
import RandomDepths
import Testing
import Units

@Suite struct DepthTests {
    @Test(arguments: 0..<40)
    func `the marginal price is what a small part more fetches, and ends where it says`(seed: UInt64) throws {
        var random = RandomDepth(seed: seed)
        for depth in [random.pool(), random.concentrated(), random.book(), random.inventory()] {
            let context = Comment(rawValue: "seed \(seed), \(depth)")
            for percent in [100, 99, 97, 90] as [UInt128] {
                let spot = depth.saleMargin.fraction
                let limit = MarginalPrice(
                    fraction: try #require(spot.multiplied(by: UInt256(percent), dividedRoundingDownBy: 100)))
                let amount = depth.sale(downTo: limit)
                guard amount > RandomDepth.ether, amount < .max >> 2 else { continue }
                let part = amount / 1_000
                let before = try #require(slope(of: depth, from: amount - 2 * part, over: part, sells: true))
                // Just before the end a part still fetches the limit, but for the root's 31 bits and units lost to rounding.
                #expect(before.isAtLeast(limit, within: 100_000), context)
                if let after = slope(of: depth, from: amount + part, over: part, sells: true) {
                    #expect(limit.isAtLeast(after, within: 100_000), context)
                }
            }
        }
    }

    @Test(arguments: 0..<40)
    func `the marginal cost is what a small part more costs, and ends where it says`(seed: UInt64) throws {
        var random = RandomDepth(seed: 500 + seed)
        for depth in [random.pool(), random.concentrated(), random.book(), random.inventory()] {
            let context = Comment(rawValue: "seed \(seed), \(depth)")
            for percent in [100, 101, 103, 110] as [UInt128] {
                let spot = depth.purchaseMargin.fraction
                let limit = MarginalPrice(
                    fraction: try #require(spot.multiplied(by: UInt256(percent), dividedRoundingUpBy: 100)))
                let amount = depth.purchase(upTo: limit)
                guard amount > RandomDepth.ether else { continue }
                let part = amount / 1_000
                let before = try #require(slope(of: depth, from: amount - 2 * part, over: part, sells: false))
                #expect(limit.isAtLeast(before, within: 100_000), context)
                if let after = slope(of: depth, from: amount + part, over: part, sells: false) {
                    #expect(after.isAtLeast(limit, within: 100_000), context)
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
        #expect(!table.contains(ReserveIndex(2)))
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

    private func slope(
        of depth: Depth, from begin: TokenAmount, over part: TokenAmount, sells: Bool
    ) -> MarginalPrice? {
        let value = { sells ? depth.proceeds(ofSelling: $0) : depth.cost(ofBuying: $0) }
        guard let more = value(begin + part), let less = value(begin) else { return nil }
        return MarginalPrice(UInt256(more - less), per: UInt256(part))
    }
}

extension MarginalPrice {
    /// At least the other, less one part in so many and a unit in a million.
    fileprivate func isAtLeast(_ other: MarginalPrice, within parts: UInt128) -> Bool {
        let allowance = other.fraction.dividedRoundingDown(by: UInt256(parts))
        return fraction.adding(allowance).map { $0 >= other.fraction } ?? true
    }
}
