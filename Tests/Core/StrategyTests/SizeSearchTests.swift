import Foundation
import Liquidity
import RandomDepths
import Strategy
import Testing
import Units

@Suite struct SizeSearchTests {
    /// `BAILIFF_SIZE_CASES` says how many markets of each kind are tried; the full comparison takes 10 000.
    private static let cases = ProcessInfo.processInfo.environment["BAILIFF_SIZE_CASES"].flatMap { Int($0) } ?? 120

    @Test(arguments: ["constant product", "concentrated", "order book", "split of three", "inventory"])
    func `the size is within a millionth of the best that brute force finds`(model: String) throws {
        var random = RandomDepth(seed: 11)
        var (inner, compared) = (0, 0)
        for round in 0..<Self.cases {
            let market = Repayment(model, &random)
            var asked = 0
            let found = SizeSearch.best(within: SizeLimits(most: market.limit)) {
                asked += 1
                return market.margin(of: $0)
            }
            #expect(asked <= SizeSearch.evaluationsMax)
            let best = market.bruteForce()
            guard let best else { continue }
            let context = Comment(
                rawValue:
                    "\(model), round \(round): \(best) of \(market.limit), found \(String(describing: found)), asked \(asked)"
            )
            let margin = try #require(found, context)
            #expect(market.margin(of: margin.size) == margin.margin, context)
            // Some units for what every venue and both legs round.
            #expect(best.units - margin.margin.units <= best.units.magnitude / 1_000_000 + 8, context)
            compared += 1
            inner += margin.size < market.limit ? 1 : 0
        }
        #expect(compared > Self.cases / 3 && inner > Self.cases / 20, "\(model): \(compared) compared, \(inner) inside")
    }

    @Test func `a size that would leave dust is not taken, and the better edge is`() {
        // Earns 3 a unit up to 700, then loses 1 a unit: 2 100 at the top.
        let margin = { (size: TokenAmount) in Cash(units: size <= 700 ? 3 * Int128(size) : 2_800 - Int128(size)) }
        let best = { SizeSearch.best(within: SizeLimits(most: 1_000, forbidden: $0), margin)?.size }
        #expect(best(100...200) == 700)
        #expect(best(600...999) == 1_000)
        #expect(best(690...999) == 689)
        #expect(best(701...999) == 700)
        #expect(best(650...720) == 721)
        #expect(best(1...999) == 1_000)
        #expect(best(1...1_000) == nil)
        #expect(best(600...2_000) == 599)
    }

    @Test func `what cannot be executed is too large, and nothing is found where nothing can`() {
        let margin = { (size: TokenAmount) in size <= 12_345 ? Cash(units: Int128(size)) : nil }
        #expect(SizeSearch.best(within: SizeLimits(most: 1_000_000_000), margin)?.size == 12_345)
        #expect(SizeSearch.best(within: SizeLimits(most: 1_000)) { _ in nil } == nil)
        #expect(SizeSearch.best(within: SizeLimits(most: 0), margin) == nil)
        #expect(SizeSearch.best(within: SizeLimits(most: 1), margin)?.size == 1)
    }

    @Test func `when everything is best two questions suffice`() {
        var asked = 0
        let best = SizeSearch.best(within: SizeLimits(most: 1_000_000)) {
            asked += 1
            return Cash(units: 7 * Int128($0))
        }
        #expect(best?.size == 1_000_000 && asked == 2)
    }
}

/// Repaying cash seizes an asset with a bonus, which is sold into a random depth.
private struct Repayment {
    let limit: TokenAmount
    private let depth: AssetDepth
    private let bonus: UInt128

    init(_ model: String, _ random: inout RandomDepth) {
        depth =
            switch model {
            case "constant product": .one(random.pool())
            case "concentrated": .one(random.concentrated())
            case "order book": .one(random.book())
            case "inventory": .one(random.inventory())
            default: .split(SplitSale([random.pool(), random.concentrated(), random.book()]))
            }
        bonus = 10_100 + UInt128(random.generator.below(1_400))
        var most: TokenAmount = 1
        for _ in 0..<random.generator.within(3...12) { most = most * 10 + TokenAmount(random.generator.below(10)) }
        limit = most
    }

    func margin(of repay: TokenAmount) -> Cash? {
        let seized = repay * bonus * (RandomDepth.ether / 10_000) / 2_000_000_000
        let proceeds =
            switch depth {
            case .one(let depth): depth.proceeds(ofSelling: seized)
            case .split(let split): split.proceeds(ofSelling: seized)
            }
        return proceeds.map { .proceeds($0) + .cost(repay) }
    }

    /// Nine points across, then nine across the two gaps beside the best, until every unit is seen.
    func bruteForce() -> Cash? {
        var (low, high) = (TokenAmount(1), limit)
        var best: Cash?
        while true {
            let points = (0...8 as ClosedRange<TokenAmount>).map { low + (high - low) * $0 / 8 }
            let margins = points.map { margin(of: $0) }
            let top = margins.indices.max { (margins[$0] ?? .worst) < (margins[$1] ?? .worst) } ?? 0
            if let found = margins[top] { best = max(best ?? found, found) }
            // Where nothing can be executed the sizes are too large.
            let middle = margins[top] == nil ? 0 : top
            (low, high) = (points[max(0, middle - 1)], points[min(8, middle + 1)])
            if high - low <= 8 { break }
        }
        for size in low...high { if let found = margin(of: size) { best = max(best ?? found, found) } }
        return best
    }
}

extension Cash {
    fileprivate static let worst = Cash(units: .min)
}
