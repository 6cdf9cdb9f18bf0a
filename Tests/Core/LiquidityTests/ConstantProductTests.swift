import Domain
import Liquidity
import Testing
import Units

@Suite struct ConstantProductTests {
    /// From the test table of Uniswap v2's own pair (`UniswapV2Pair.spec.ts`, swap test cases): the amounts at which a swap
    /// just holds, for a fee of 30 basis points. In whole tokens: in, reserve in, reserve out, and out in wei.
    @Test(arguments: [
        (UInt64(1), UInt64(5), UInt64(10), "1662497915624478906"), (1, 10, 5, "453305446940074565"),
        (2, 5, 10, "2851015155847869602"), (2, 10, 5, "831248957812239453"), (1, 10, 10, "906610893880149131"),
        (1, 100, 100, "987158034397061298"), (1, 1_000, 1_000, "996006981039903216"),
    ])
    func `what comes out is Uniswap's own figure`(amount: UInt64, reserveIn: UInt64, reserveOut: UInt64, out: String) {
        let ether: TokenAmount = 1_000_000_000_000_000_000
        let found = ConstantProduct.amountOut(
            TokenAmount(amount) * ether, reserveIn: TokenAmount(reserveIn) * ether,
            reserveOut: TokenAmount(reserveOut) * ether, fee: .basisPoints(30))
        #expect(found.map { String($0) } == out)
    }

    @Test func `what must be put in suffices, and one unit less does not`() throws {
        var generator = SeededGenerator(seed: 5)
        for round in 0..<2_000 {
            let reserveIn = TokenAmount(generator.below(1 << 50)) + 1_000
            let reserveOut = TokenAmount(generator.below(1 << 50)) + 1_000
            let wanted = 1 + TokenAmount(generator.below(UInt64(reserveOut - 1)))
            let fee = BasisPoints(UInt32(generator.within(0...100)))
            let needed = try #require(
                ConstantProduct.amountIn(for: wanted, reserveIn: reserveIn, reserveOut: reserveOut, fee: fee))
            let received = ConstantProduct.amountOut(needed, reserveIn: reserveIn, reserveOut: reserveOut, fee: fee)
            #expect((received ?? 0) >= wanted, "seed 5, round \(round)")
            // The contract always adds one unit: two less must miss.
            guard needed > 2 else { continue }
            let short = ConstantProduct.amountOut(needed - 2, reserveIn: reserveIn, reserveOut: reserveOut, fee: fee)
            #expect((short ?? 0) < wanted || needed - 2 == 0, "seed 5, round \(round)")
        }
    }

    @Test func `a pool does not give what it does not hold`() {
        #expect(ConstantProduct.amountIn(for: 10, reserveIn: 5, reserveOut: 10, fee: .zero) == nil)
        #expect(ConstantProduct.amountOut(0, reserveIn: 5, reserveOut: 10, fee: .zero) == 0)
    }
}
