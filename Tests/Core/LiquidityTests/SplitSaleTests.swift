import Liquidity
import RandomDepths
import Testing
import Units

@Suite struct SplitSaleTests {
    @Test(arguments: 0..<40)
    func `no exchange between two venues improves a split by a millionth`(seed: UInt64) throws {
        var random = RandomDepth(seed: seed)
        var compared = 0
        for round in 0..<40 {
            let venues = ContiguousArray((0..<random.generator.within(1...8)).map { _ in random.any() })
            let sale = SplitSale(venues)
            let amount = random.amount()
            for sells in [true, false] {
                let context = Comment(rawValue: "seed \(seed), round \(round), sells \(sells), amount \(amount)")
                guard let split = sells ? sale.sale(of: amount) : sale.purchase(of: amount) else { continue }
                let shares = (0..<venues.count).map { split.shares[$0] }
                #expect(shares.reduce(0, +) == amount, context)
                #expect(cash(shares, venues, sells) == split.cash, context)
                let better = try #require(exchanged(shares, venues, sells))
                let gain = sells ? better.subtractingOrZero(split.cash) : split.cash.subtractingOrZero(better)
                // Each venue rounds by a unit or two.
                #expect(gain <= split.cash / 1_000_000 + 2 * TokenAmount(venues.count), context)
                compared += 1
            }
        }
        #expect(compared > 20)
    }

    @Test(arguments: 0..<20)
    func `three venues are within a millionth of the best of two thousand grid points`(seed: UInt64) throws {
        var random = RandomDepth(seed: 1_000 + seed)
        let venues: ContiguousArray = [random.pool(), random.concentrated(), random.book()]
        let amount = 1 + TokenAmount(random.generator.below(300)) * RandomDepth.ether
        let found = SplitSale(venues).sale(of: amount)
        var best: TokenAmount?
        for i in 0...60 as ClosedRange<TokenAmount> {
            for j in 0...(60 - i) {
                let (first, second) = (amount * i / 60, amount * j / 60)
                guard let cash = cash([first, second, amount - first - second], venues, true) else { continue }
                best = max(best ?? 0, cash)
            }
        }
        guard let best else { return }
        let split = try #require(found, "seed \(seed)")
        #expect(split.cash + split.cash / 1_000_000 + 6 >= best, "seed \(seed)")
    }

    @Test(arguments: 0..<20)
    func `a split is never worse than any venue alone`(seed: UInt64) {
        var random = RandomDepth(seed: 2_000 + seed)
        for round in 0..<50 {
            let venues = ContiguousArray((0..<3).map { _ in random.any() })
            let (sale, amount) = (SplitSale(venues), random.amount())
            for venue in venues {
                if let alone = venue.proceeds(ofSelling: amount) {
                    #expect(
                        sale.proceeds(ofSelling: amount).map { $0 >= alone } == true, "seed \(seed), round \(round)")
                }
                if let alone = venue.cost(ofBuying: amount) {
                    #expect(sale.cost(ofBuying: amount).map { $0 <= alone } == true, "seed \(seed), round \(round)")
                }
            }
        }
    }

    @Test func `what all venues together cannot take is refused, and what they just can is split`() throws {
        let levels: ContiguousArray = [OrderBook.Level(price: 100, size: 10)]
        let book = try #require(OrderBook(bids: levels, asks: [], assetUnit: 1, fee: .zero))
        let sale = SplitSale([.book(book), .book(book)])
        #expect(sale.proceeds(ofSelling: 20) == 2_000)
        #expect(sale.proceeds(ofSelling: 21) == nil)
        #expect(sale.cost(ofBuying: 1) == nil)
    }

    @Test func `nine venues are the caller's fault`() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomDepth(seed: 1)
            let pool = random.pool()
            _ = SplitSale(ContiguousArray(repeating: pool, count: 9))
        }
    }

    private func cash(_ shares: [TokenAmount], _ venues: ContiguousArray<Depth>, _ sells: Bool) -> TokenAmount? {
        var sum: TokenAmount = 0
        for (share, venue) in zip(shares, venues) {
            guard let part = sells ? venue.proceeds(ofSelling: share) : venue.cost(ofBuying: share) else { return nil }
            sum += part
        }
        return sum
    }

    /// The best that moving ever smaller parts from any venue to any other finds: for concave venues, the optimum.
    private func exchanged(
        _ shares: [TokenAmount], _ venues: ContiguousArray<Depth>, _ sells: Bool
    ) -> TokenAmount? {
        var shares = shares
        let value = { (venue: Int, share: TokenAmount) -> TokenAmount? in
            sells ? venues[venue].proceeds(ofSelling: share) : venues[venue].cost(ofBuying: share)
        }
        var part = shares.reduce(0, +) / 2
        while part > 0 {
            for from in shares.indices {
                for to in shares.indices where to != from && shares[from] >= part {
                    guard let a = value(from, shares[from]), let b = value(to, shares[to]),
                        let c = value(from, shares[from] - part), let d = value(to, shares[to] + part)
                    else { continue }
                    guard sells ? c + d > a + b : c + d < a + b else { continue }
                    shares[from] -= part
                    shares[to] += part
                }
            }
            part /= 2
        }
        return cash(shares, venues, sells)
    }
}

extension UInt128 {
    fileprivate func subtractingOrZero(_ other: UInt128) -> UInt128 { self > other ? self - other : 0 }
}
