import BiddingLandscape
import Search

/// One search on the bidding landscape: 150 points, each worth its mean over the eight tapes that its generation shares.
///
/// The ten best as observed are tried on all sixty training tapes, and the best of them there is what the study
/// recommends. What counts is that point's mean over the tapes that nobody searched on.
struct LandscapeStudy {
    enum Method: String, CaseIterable { case catCMA = "cat_cma", random, sobol }

    static let budget = 150
    static let tapesPerTrial = 8
    static let finalists = 10
    static let generationSize = 11

    let study: SearchStudy
    let recommended: SpacePoint
    let heldOut: Double

    init(_ landscape: BiddingLandscape, _ method: Method, seed: UInt64) {
        let sampler: any Sampler =
            switch method {
            case .catCMA: CatCMA(landscape.space, seed: seed, generationSize: Self.generationSize)
            case .random: RandomSampler(landscape.space, seed: seed, generationSize: Self.generationSize)
            case .sobol: SobolSampler(landscape.space, seed: seed, generationSize: Self.generationSize)
            }
        study = SearchStudy(sampler, budget: Self.budget) { point, generation in
            let subset = TapeSubset(
                of: BiddingLandscape.training.count, count: Self.tapesPerTrial, seed: seed, generation: generation)
            return ScoredPoint(point, score: landscape.mean(point, over: subset.tapes))
        }
        let trials = study.trials
        let best = Ranking.order(trials).prefix(Self.finalists).map { trials[$0].point }
        let again = best.map { ScoredPoint($0, score: landscape.mean($0, over: BiddingLandscape.training)) }
        recommended = again[Ranking.order(again)[0]].point
        heldOut = landscape.mean(recommended, over: BiddingLandscape.heldOut)
    }
}

/// Mean and deviation of a sample.
struct Summary: CustomStringConvertible {
    let mean: Double
    let deviation: Double

    init(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = (squares / Double(max(values.count - 1, 1))).squareRoot()
    }

    var description: String { "\(mean.rounded()) ±\(deviation.rounded())" }
}
