import BiddingLandscape
import Search

/// The figures that `Tests/Reference/search.py` compares: points of the landscape with their worth, and what studies reached.
///
/// A line each; doubles in the form that reads back to the same bits. `Golden/landscape.txt` holds the text, and the tests hold
/// the code to the file: so Python compares with what Swift computes, without asking it.
enum LandscapeRecord {
    static let seeds = 0..<10 as Range<UInt64>

    static func text() throws -> String { (try pointLines() + studyLines(try BiddingLandscape())).joined() }

    /// The default and random points, each on a training tape and on one that is held out.
    private static func pointLines() throws -> [String] {
        let landscape = try BiddingLandscape()
        var sampler = RandomSampler(landscape.space, seed: 99, generationSize: 60)
        return sampler.ask().enumerated().flatMap { number, point in
            [number, 60 + 5 * number].map { tape in
                let values = point.values.map { "\($0)" }.joined(separator: " ")
                return "point \(tape) \(landscape.profit(point, on: tape)) \(values)\n"
            }
        }
    }

    private static func studyLines(_ landscape: BiddingLandscape) -> [String] {
        let first = landscape.mean(landscape.space.defaultPoint, over: BiddingLandscape.heldOut)
        return ["default \(first)\n"]
            + LandscapeStudy.Method.allCases.flatMap { method in
                seeds.map { "study \(method.rawValue) \($0) \(LandscapeStudy(landscape, method, seed: $0).heldOut)\n" }
            }
    }
}
