import Numerics

/// The search that is used when nobody chooses one: CMA-ES for numbers, whole numbers with margin, and chances for choices
/// (Hamano et al., "CatCMA with margin: stochastic optimization for continuous, integer, and categorical variables", 2025).
///
/// Begins at the default: the mean is there, the first point is the default itself, and its choices have half of the chances.
/// Depends on the order of the scores only. Compared with the `cmaes` package in `Tests/Reference/search.py`.
/// Coordinates of the normal distribution: the continuous parameters first, then the whole ones, each from 0 to 1.
public struct CatCMA: Sampler {
    /// Of the distance between the bounds.
    public static let deviation = 0.2
    /// Without effect of luck all margins together hold with this chance (as in the paper).
    static let nothingMoves = 0.73

    public let space: SearchSpace
    public let generationSize: Int
    private let seed: UInt64
    private let layout: CoordinateLayout
    private let penalty: BorderPenalty
    private var normal: NormalPart
    private var choices: ChoicePart
    private var margins: [IntegerMargin]
    private var generation: UInt64 = 0

    public init(_ space: SearchSpace, seed: UInt64, generationSize: Int? = nil) {
        let population = generationSize ?? RecombinationWeights.populationSize(dimensions: space.count)
        precondition(population >= 4, "Condition: a generation has at least four points, two of them parents")
        let layout = CoordinateLayout(space)
        let discrete = Double(max(layout.integers.count + layout.choices.count, 1))
        let margin = 1 - Elementary.exp(Elementary.log(Self.nothingMoves) / discrete)
        let mean = layout.numbers.map { space.parameters[$0].place(of: space.parameters[$0].defaultValue) }
        let constants = RecombinationWeights(population: population, dimensions: mean.count)
        self.space = space
        self.seed = seed
        self.layout = layout
        self.generationSize = population
        penalty = BorderPenalty(bounded: layout.continuous.count)
        normal = NormalPart(mean: mean, deviations: mean.map { _ in Self.deviation }, constants: constants)
        choices = ChoicePart(
            sizes: layout.choices.map { Int(space.parameters[$0].bounds.upperBound) + 1 },
            defaults: layout.choices.map { Int(space.parameters[$0].defaultValue) }, margin: margin)
        margins = layout.integers.enumerated().map { place, position in
            IntegerMargin(
                coordinate: layout.continuous.count + place, parameter: space.parameters[position], margin: margin)
        }
    }

    public mutating func ask() -> [SpacePoint] {
        (0..<generationSize).map { layout.point(candidate($0), space) }
    }

    public mutating func tell(_ scored: [ScoredPoint]) {
        precondition(scored.count == generationSize, "Condition: a whole generation is told")
        let asked = (0..<generationSize).map(candidate)
        for (candidate, told) in zip(asked, scored) {
            precondition(layout.point(candidate, space) == told.point, "Condition: points are told as they were asked")
        }
        let ranked = ranking(scored, asked).map { asked[$0] }
        var vectors = ranked.map(\.vector)
        for i in margins.indices { margins[i].center(&vectors, parents: normal.constants.parents, mean: normal.mean) }
        normal.follow(vectors)
        for i in margins.indices { margins[i].hold(&normal) }
        choices.follow(
            ranked.prefix(normal.constants.parents).map(\.choices),
            weights: Array(normal.constants.weights.prefix(normal.constants.parents)))
        generation += 1
    }

    /// Positions, the best first: by rank, moved back by what is outside the borders.
    private func ranking(_ scored: [ScoredPoint], _ asked: [Candidate]) -> [Int] {
        let order = Ranking.order(scored)
        let worth = order.enumerated().map {
            (Double($0.offset) + penalty.ranks(asked[$0.element].vector, normal), $0.offset)
        }
        return worth.sorted { $0 < $1 }.map { order[$0.1] }
    }

    /// Its random numbers depend on the generation and on its place in it only, so it can be made again when it is told.
    private func candidate(_ place: Int) -> Candidate {
        if generation == 0, place == 0 { return layout.start(normal.mean, space) }
        var random = StudyRandom(seed: seed, .candidates, generation, UInt64(place))
        let standard = normal.mean.map { _ in random.normal() }
        let picked = choices.chances.indices.map { choices.choice($0, at: random.fraction()) }
        return Candidate(vector: normal.vector(standard), choices: picked)
    }

    /// What a search would answer now if it had to: the mean and the likeliest choices.
    public var center: SpacePoint {
        let likeliest = choices.chances.map { own in
            own.indices.reduce(0) { own[$1] > own[$0] ? $1 : $0 }
        }
        return layout.point(Candidate(vector: normal.mean, choices: likeliest), space)
    }
}
