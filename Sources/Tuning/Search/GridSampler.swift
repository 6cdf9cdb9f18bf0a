/// Every combination of a few values of each parameter, the default first. For looking at two or three parameters, not for
/// searching thirteen.
///
/// A parameter with `levels` values or fewer has them all; else they are spread over its scale from bound to bound, and a
/// value that comes twice by rounding is taken once. The last parameter changes fastest.
public struct GridSampler: Sampler {
    /// Nobody tries as many; it keeps positions far from the end of an `Int`.
    public static let pointsMax = 1 << 53
    public let space: SearchSpace
    /// How many points the grid has, without the default before it.
    public let gridCount: Int
    private let values: [[Double]]
    private let generationSize: Int
    private var next = 0

    public init(_ space: SearchSpace, levels: Int, generationSize: Int) throws(SearchSpaceError) {
        precondition(generationSize > 0, "Condition: a generation has a point")
        guard levels >= 2 else { throw SearchSpaceError(.badGrid) }
        var count = 1
        var values: [[Double]] = []
        for parameter in space.parameters {
            let own = Self.spread(parameter, levels)
            let (product, isOver) = count.multipliedReportingOverflow(by: own.count)
            guard !isOver, product <= Self.pointsMax else { throw SearchSpaceError(.badGrid, parameter.name) }
            count = product
            values.append(own)
        }
        self.space = space
        self.values = values
        self.generationSize = generationSize
        gridCount = count
    }

    public mutating func ask() -> [SpacePoint] {
        // Position 0 is the default, the grid follows.
        (next..<min(next + generationSize, gridCount + 1)).map { $0 == 0 ? space.defaultPoint : point($0 - 1) }
    }

    public mutating func tell(_ scored: [ScoredPoint]) { next = min(gridCount + 1, next + scored.count) }

    private func point(_ position: Int) -> SpacePoint {
        var rest = position
        var picked: [Double] = []
        for own in values.reversed() {
            picked.append(own[rest % own.count])
            rest /= own.count
        }
        return SpacePoint(picked.reversed())
    }

    private static func spread(_ parameter: SearchParameter, _ levels: Int) -> [Double] {
        let (low, high) = (parameter.bounds.lowerBound, parameter.bounds.upperBound)
        let steps = (0..<levels).map { Double($0) / Double(levels - 1) }
        switch parameter.kind {
        case .continuous: return steps.map { parameter.value(at: $0) }
        case .choice(let names): return names.indices.map(Double.init)
        case .integer:
            guard high - low >= Double(levels) else { return Array(stride(from: low, through: high, by: 1)) }
            return steps.map { parameter.wholeNumber(near: $0) }.reduce(into: []) { kept, value in
                if kept.last != value { kept.append(value) }
            }
        }
    }
}
