import BiddingLandscape
import Foundation
import Search
import Testing

/// How well the search searches: quality, not only that it runs. The figures of ten seeds are in `Golden/landscape.txt`;
/// `Tests/Reference/search.py` compares them with another implementation.
@Suite struct LandscapeTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/landscape.txt")

    /// Ten studies of each method: computed once, compared with the file, then judged.
    @Test func `the studies reach what is recorded, and CatCMA beats random by a margin`() throws {
        let recorded = try String(contentsOf: Self.golden, encoding: .utf8)
        let computed = try LandscapeRecord.text()
        #expect(computed == recorded, "record this, if the search was meant to change:\n\(computed)")
        var reached: [String: [Double]] = [:]
        for line in computed.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words[0] == "study" { reached[String(words[1]), default: []].append(Double(words[3]) ?? .nan) }
            if words[0] == "default" { reached["default"] = [Double(words[1]) ?? .nan] }
        }
        func mean(_ name: String) throws -> Double { Summary(try #require(reached[name])).mean }
        let (ours, random, start) = (try mean("cat_cma"), try mean("random"), try mean("default"))
        #expect((4_300...4_500).contains(start))
        #expect(ours - random >= 0.05 * start, "CatCMA \(ours), random \(random), default \(start)")
        #expect(try ours - mean("sobol") >= 0.05 * start)
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func `the final race finds a point that is better on tapes nobody searched on`(seed: UInt64) throws {
        let landscape = try BiddingLandscape()
        let study = LandscapeStudy(landscape, .catCMA, seed: seed).study
        let first = landscape.space.defaultPoint
        var race = Race(Race.candidates(study.generations, count: 20), default: first, tapes: 60, seed: seed)
        while !race.isOver {
            race.tell(race.ask().map { ($0, TapeOutcome(score: landscape.profit($0.point, on: $0.tape))) })
        }
        let heldOut = landscape.mean(race.standing[0].point, over: BiddingLandscape.heldOut)
        #expect(heldOut > 1.05 * landscape.mean(first, over: BiddingLandscape.heldOut), "\(heldOut)")
        #expect(race.table.count < 21 * 60 / 2 + 60, "\(race.table.count)")
    }

    @Test func `the optimum differs from tape to tape`() throws {
        let landscape = try BiddingLandscape()
        var sampler = RandomSampler(landscape.space, seed: 4, generationSize: 200)
        let points = sampler.ask()
        let winners = BiddingLandscape.training.map { tape in
            points.indices.max { landscape.profit(points[$0], on: tape) < landscape.profit(points[$1], on: tape) }
        }
        #expect(Set(winners).count >= 15, "\(Set(winners).count)")
    }
}
