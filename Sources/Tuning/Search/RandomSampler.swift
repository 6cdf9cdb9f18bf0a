/// Points drawn evenly over the space, the default first: what every other sampler has to beat.
public struct RandomSampler: Sampler {
    public let space: SearchSpace
    private let seed: UInt64
    private let generationSize: Int
    private var generation: UInt64 = 0

    public init(_ space: SearchSpace, seed: UInt64, generationSize: Int) {
        precondition(generationSize > 0, "Condition: a generation has a point")
        self.space = space
        self.seed = seed
        self.generationSize = generationSize
    }

    public mutating func ask() -> [SpacePoint] {
        (0..<generationSize).map { candidate in
            guard generation > 0 || candidate > 0 else { return space.defaultPoint }
            var random = StudyRandom(seed: seed, .candidates, generation, UInt64(candidate))
            return SpacePoint(space.parameters.map { $0.value(at: random.fraction()) })
        }
    }

    public mutating func tell(_ scored: [ScoredPoint]) { generation += 1 }
}
