import Numerics

/// The multivariate normal distribution of a CMA-ES search: where the numbers of a space are looked for.
///
/// A vector is mean + step · scale ∘ B (D ∘ x) with x standard normal, B and D² the eigenvectors and eigenvalues of the
/// covariance. `scale` is 1 but where `IntegerMargin` widens a coordinate. Coordinates run from 0 to 1 between a parameter's
/// bounds; the distribution may reach beyond, and points are drawn back.
struct NormalPart: Sendable {
    /// Of the largest eigenvalue: below it a direction counts as lost and is held open.
    static let eigenvalueShareMin = 1e-14
    static let stepRange = 1e-12...1e3

    let constants: RecombinationWeights
    var mean: [Double]
    var step = 1.0
    var scale: [Double]
    private(set) var covariance: SquareMatrix
    private var vectors: SquareMatrix
    private var deviations: [Double]
    private var stepPath: [Double]
    private var shapePath: [Double]
    private var generation = 0

    init(mean: [Double], deviations: [Double], constants: RecombinationWeights) {
        self.mean = mean
        self.constants = constants
        self.deviations = deviations
        scale = mean.map { _ in 1 }
        covariance = SquareMatrix(diagonal: deviations.map { $0 * $0 })
        vectors = SquareMatrix(diagonal: scale)
        stepPath = mean.map { _ in 0 }
        shapePath = stepPath
    }

    /// The standard deviation of a coordinate.
    func deviation(_ coordinate: Int) -> Double {
        step * scale[coordinate] * covariance[coordinate, coordinate].squareRoot()
    }

    /// The vector that a standard normal one becomes.
    func vector(_ standard: [Double]) -> [Double] {
        let shaped = vectors.times(zip(deviations, standard).map { $0 * $1 })
        return mean.indices.map { mean[$0] + step * scale[$0] * shaped[$0] }
    }

    /// Moves to the better of a generation's vectors, which come in the order of their rank.
    mutating func follow(_ ranked: [[Double]]) {
        guard !mean.isEmpty else { return }
        let moves = ranked.map { v in mean.indices.map { (v[$0] - mean[$0]) / (scale[$0] * step) } }
        let move = mean.indices.map { i in
            (0..<constants.parents).reduce(0) { $0 + constants.weights[$1] * moves[$1][i] }
        }
        for i in mean.indices { mean[i] += step * scale[i] * move[i] }
        let isMoving = followStep(move)
        followShape(move, moves, isMoving)
        generation += 1
        decompose()
    }

    /// The step grows while moves point the same way. Says whether the path is short enough to learn a shape from.
    private mutating func followStep(_ move: [Double]) -> Bool {
        let rate = constants.stepPathRate
        let gain = (rate * (2 - rate) * constants.effective).squareRoot()
        let white = whitened(move)
        for i in stepPath.indices { stepPath[i] = (1 - rate) * stepPath[i] + gain * white[i] }
        let length = Self.length(stepPath)
        // What the path has had time to become: 1 − (1 − c)^(2 (g + 1)).
        let grown = 1 - Elementary.exp(2 * Double(generation + 1) * Elementary.log1p(-rate))
        let change = Elementary.exp(rate / constants.stepDamping * (length / constants.expectedLength - 1))
        step = min(max(step * change, Self.stepRange.lowerBound), Self.stepRange.upperBound)
        return length / grown.squareRoot() < (1.4 + 2 / Double(mean.count + 1)) * constants.expectedLength
    }

    private mutating func followShape(_ move: [Double], _ moves: [[Double]], _ isMoving: Bool) {
        let rate = constants.shapePathRate
        let gain = isMoving ? (rate * (2 - rate) * constants.effective).squareRoot() : 0
        for i in shapePath.indices { shapePath[i] = (1 - rate) * shapePath[i] + gain * move[i] }
        let (one, many) = (constants.rankOneRate, constants.rankManyRate)
        let lost = isMoving ? 0 : one * rate * (2 - rate)
        covariance.scale(by: 1 + lost - one - many * constants.weights.reduce(0, +))
        covariance.addOuter(shapePath, weight: one)
        for (weight, own) in zip(constants.weights, moves) {
            // A bad move counts by its direction only, or a long one would make the covariance negative.
            let length = weight < 0 ? Self.length(whitened(own)) : 0
            let share = weight < 0 ? Double(mean.count) / (length * length + 1e-8) : 1
            covariance.addOuter(own, weight: many * weight * share)
        }
    }

    private mutating func decompose() {
        let eigen = SymmetricEigen(covariance)
        let floor = (eigen.values.last ?? 0) * Self.eigenvalueShareMin
        deviations = eigen.values.map { max($0, floor).squareRoot() }
        vectors = eigen.vectors
        guard eigen.values[0] < floor else { return }
        covariance = SquareMatrix(size: mean.count)
        for k in mean.indices {
            covariance.addOuter(mean.indices.map { vectors[$0, k] }, weight: deviations[k] * deviations[k])
        }
    }

    /// A move in units of the distribution: covariance to the −½, times it.
    private func whitened(_ move: [Double]) -> [Double] {
        vectors.times(zip(vectors.transposedTimes(move), deviations).map { $0 / $1 })
    }

    private static func length(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
