import Numerics

/// The chances of every choice of a space, and how they follow what was told: adaptive stochastic natural gradient (Akimoto et
/// al., "Adaptive stochastic natural gradient method for one-shot neural architecture search", 2019) with the margin of CatCMA.
///
/// No choice ever becomes impossible: each keeps at least its margin. The chances of one parameter add up to 1.
struct ChoicePart: Sendable {
    /// Natural gradients of 1.5 times the noise make the step grow.
    static let signalToNoise = 1.5

    private(set) var chances: [[Double]]
    private let margins: [Double]
    /// Moves are as long as `1 / slowness`.
    private var slowness = 1.0
    private var path: [Double]
    private var pathWeight = 0.0

    /// The default's choice begins with half of the chances, or an even share where that is more.
    init(sizes: [Int], defaults: [Int], margin: Double) {
        chances = zip(sizes, defaults).map { size, preferred in
            (0..<size).map { $0 == preferred ? 0.5 : 0.5 / Double(size - 1) }
        }
        margins = sizes.map { margin / Double($0 - 1) }
        path = Array(repeating: 0, count: sizes.reduce(0) { $0 + $1 - 1 })
    }

    /// The choice that a number from 0..<1 stands for.
    func choice(_ parameter: Int, at fraction: Double) -> Int {
        var sum = 0.0
        for (position, chance) in chances[parameter].enumerated() {
            sum += chance
            if fraction < sum { return position }
        }
        return chances[parameter].count - 1
    }

    /// Moves towards the choices of the parents, which come in the order of their rank.
    mutating func follow(_ parents: [[Int]], weights: [Double]) {
        guard !chances.isEmpty else { return }
        let gradients = chances.indices.map { gradient($0, parents, weights) }
        let standardised = zip(chances, gradients).flatMap(Self.standardised)
        let length = standardised.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-8
        let move = 1 / (slowness * length)
        for (parameter, own) in gradients.enumerated() {
            for k in own.indices { chances[parameter][k] += move * own[k] }
        }
        adapt(standardised.map { $0 / length })
        for parameter in chances.indices { keepMargin(parameter) }
    }

    private func gradient(_ parameter: Int, _ parents: [[Int]], _ weights: [Double]) -> [Double] {
        chances[parameter].indices.map { k in
            zip(parents, weights).reduce(0) { sum, one in
                sum + one.1 * ((one.0[parameter] == k ? 1 : 0) - chances[parameter][k])
            }
        }
    }

    /// The gradient by the root of the Fisher information; the last choice is what the others leave.
    private static func standardised(_ chances: [Double], _ gradient: [Double]) -> [Double] {
        let last = chances[chances.count - 1]
        let sum = gradient.dropLast().reduce(0, +)
        return zip(chances, gradient).dropLast().map { chance, own in
            own / chance.squareRoot() + chance.squareRoot() * sum / (last + last.squareRoot())
        }
    }

    /// Moves that agree make the next ones longer, moves that do not make them shorter.
    private mutating func adapt(_ direction: [Double]) {
        let rate = min(1 / (slowness * Double(path.count).squareRoot()), 1)
        let gain = (rate * (2 - rate)).squareRoot()
        for i in path.indices { path[i] = (1 - rate) * path[i] + gain * direction[i] }
        pathWeight = (1 - rate) * (1 - rate) * pathWeight + rate * (2 - rate)
        let square = path.reduce(0) { $0 + $1 * $1 }
        slowness *= Elementary.exp(rate * (pathWeight - square / Self.signalToNoise))
        slowness = min(max(slowness, 0x1p-20), 0x1p20)
    }

    private mutating func keepMargin(_ parameter: Int) {
        let margin = margins[parameter]
        let raised = chances[parameter].map { max($0, margin) }
        let sum = raised.reduce(0, +)
        let free = sum - margin * Double(raised.count)
        // What the raising added is taken from the chances above the margin, each by its share.
        let lowered = raised.map { free > 0 ? $0 - (sum - 1) * ($0 - margin) / free : $0 }
        let total = lowered.reduce(0, +)
        chances[parameter] = lowered.map { $0 / total }
    }
}
