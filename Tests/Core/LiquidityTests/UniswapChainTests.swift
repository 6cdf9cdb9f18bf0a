import Foundation
import Liquidity
import Testing
import Units

/// The swap models against the contracts themselves: swaps in a real EVM, made by `scripts/vectors`.
@Suite(.enabled(if: ChainSwap.path != nil, "BAILIFF_UNISWAP_VECTORS names no file: scripts/vectors makes one"))
struct UniswapChainTests {
    @Test func `a swap in a pair pays and receives to the unit what the balances show`() throws {
        var (done, refused) = (0, 0)
        for (line, swap) in try ChainSwap.all(of: "pair") {
            let asked = try swap.word(swap.asked)
            let (reserveIn, reserveOut) = (try swap.word(swap.reserveIn), try swap.word(swap.reserveOut))
            let found =
                swap.exactIn
                ? ConstantProduct.amountOut(
                    asked, reserveIn: reserveIn, reserveOut: reserveOut, fee: .basisPoints(30))
                : ConstantProduct.amountIn(
                    for: asked, reserveIn: reserveIn, reserveOut: reserveOut, fee: .basisPoints(30))
            // The pair refuses a swap that gives nothing.
            let possible = found == 0 ? nil : found
            #expect(possible.map { "\($0)" } == (swap.exactIn ? swap.received : swap.paid), "line \(line)")
            #expect(swap.paid == nil || (swap.exactIn ? swap.paid : swap.received) == swap.asked, "line \(line)")
            if swap.paid == nil { refused += 1 } else { done += 1 }
        }
        #expect(done >= 300 && refused <= done / 10)
    }

    @Test func `a swap across ticks pays, receives and leaves the pool as the contract does`() throws {
        var (done, refused, crossing) = (0, 0, 0)
        for (line, swap) in try ChainSwap.all(of: "pool") {
            let pool = try swap.pool()
            let asked = try swap.word(swap.asked)
            let direction: ConcentratedPool.Direction = swap.zeroForOne == true ? .zeroForOne : .oneForZero
            let found =
                swap.exactIn ? pool.swap(direction, exactIn: asked) : pool.swap(direction, exactOut: asked)
            guard let paid = swap.paid, UInt128(paid) != nil, swap.exactIn ? paid == swap.asked : true else {
                // The router takes less than asked when liquidity ends; we say that it cannot be done. Nor can we pay more
                // than 128 bits.
                #expect(found == nil, "line \(line)")
                refused += 1
                continue
            }
            let result = try #require(found, "line \(line)")
            #expect("\(result.amountIn)" == paid, "line \(line)")
            #expect("\(result.amountOut)" == swap.received, "line \(line)")
            let after = try #require(swap.after)
            let left = pool.after(result)
            #expect("\(left.price)" == after.price && left.tick == after.tick, "line \(line)")
            #expect("\(left.liquidity)" == after.liquidity, "line \(line)")
            done += 1
            crossing += left.liquidity == pool.liquidity ? 0 : 1
        }
        #expect(done >= 300 && crossing >= 50 && refused > 0, "\(done) swaps, \(crossing) crossing, \(refused) refused")
    }
}

/// One line of the vectors. Words are decimal text.
private struct ChainSwap: Decodable {
    struct Boundary: Decodable {
        let tick: Int32
        let net: String
    }

    struct State: Decodable {
        let price, liquidity: String
        let tick: Int32
    }

    let kind: String
    let exactIn: Bool
    let asked: String
    let paid, received, reserveIn, reserveOut: String?
    let fee: UInt32?
    let spacing: Int32?
    let zeroForOne: Bool?
    let ticks: [Boundary]?
    let before, after: State?

    static let path = ProcessInfo.processInfo.environment["BAILIFF_UNISWAP_VECTORS"]

    /// With the number of the line.
    static func all(of kind: String) throws -> [(Int, ChainSwap)] {
        let text = try String(contentsOfFile: #require(path), encoding: .utf8)
        let decoder = JSONDecoder()
        return try text.split(separator: "\n").enumerated()
            .map { ($0 + 1, try decoder.decode(ChainSwap.self, from: Data($1.utf8))) }
            .filter { $0.1.kind == kind }
    }

    func word(_ text: String?) throws -> UInt128 { try #require(text.flatMap { UInt128($0) }) }

    func pool() throws -> ConcentratedPool {
        let state = try #require(before)
        let boundaries = try #require(ticks).map { boundary in
            ConcentratedPool.Boundary(tick: boundary.tick, liquidityNet: try #require(Int128(boundary.net)))
        }
        return ConcentratedPool(
            price: try #require(UInt256(decimal: state.price)), tick: state.tick,
            liquidity: try word(state.liquidity), fee: Pips(try #require(fee)), spacing: try #require(spacing),
            boundaries: ContiguousArray(boundaries))
    }
}
