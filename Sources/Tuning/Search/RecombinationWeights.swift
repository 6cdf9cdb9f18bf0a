import Numerics

/// How much each rank of a generation counts and how fast the distribution follows: the constants of CMA-ES (Hansen, "The CMA
/// evolution strategy: a tutorial", 2016, table 1) with negative weights for the worse half.
struct RecombinationWeights: Sendable {
    /// Ranks that move the mean.
    let parents: Int
    /// One for each rank, the best first; the parents' add up to 1, the others are negative or zero.
    let weights: [Double]
    /// How many independent points the parents are worth.
    let effective: Double
    let rankOneRate: Double
    let rankManyRate: Double
    let stepPathRate: Double
    let stepDamping: Double
    let shapePathRate: Double
    /// The expected length of a standard normal vector.
    let expectedLength: Double

    /// The usual number of points in a generation, for all the dimensions of a space.
    static func populationSize(dimensions: Int) -> Int {
        4 + Int((3 * Elementary.log(Double(dimensions))).rounded(.down))
    }

    /// `dimensions` are those of the normal distribution: the choices do not count.
    init(population: Int, dimensions: Int) {
        let n = Double(max(dimensions, 1))
        let raw = (1...population).map { Elementary.log(Double(population + 1) / 2) - Elementary.log(Double($0)) }
        let parents = population / 2
        let effective = Self.effective(raw.prefix(parents))
        let one = 2 / ((n + 1.3) * (n + 1.3) + effective)
        let many = min(1 - one - 1e-8, 2 * (effective - 2 + 1 / effective) / ((n + 2) * (n + 2) + effective))
        // Negative weights small enough that the covariance stays positive.
        let limits = [
            1 + one / many, 1 + 2 * Self.effective(raw.dropFirst(parents)) / (effective + 2),
            (1 - one - many) / (n * many),
        ]
        let positive = raw.reduce(0) { $0 + max($1, 0) }
        let negative = raw.reduce(0) { $0 - min($1, 0) }
        let limit = many > 0 ? limits.reduce(.infinity) { min($0, $1) } : 0
        weights = raw.map { $0 >= 0 ? $0 / positive : $0 * limit / negative }
        self.parents = parents
        self.effective = effective
        rankOneRate = one
        rankManyRate = many
        stepPathRate = (effective + 2) / (n + effective + 5)
        stepDamping = 1 + 2 * max(0, ((effective - 1) / (n + 1)).squareRoot() - 1) + stepPathRate
        shapePathRate = (4 + effective / n) / (n + 4 + 2 * effective / n)
        expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    }

    private static func effective(_ raw: some Sequence<Double>) -> Double {
        let (sum, squares) = raw.reduce((0, 0)) { ($0.0 + $1, $0.1 + $1 * $1) }
        return sum * sum / squares
    }
}
