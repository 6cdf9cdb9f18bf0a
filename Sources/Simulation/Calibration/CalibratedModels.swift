/// A fitted figure: its centre and a 95 % interval, each one number or the knots of a distribution, and how many
/// observations it rests on.
///
/// Invariant: low ≤ centre ≤ high at every knot, and knots ascend. The outermost knots are the least and the greatest that
/// were seen: no interval is claimed for them.
public struct ModelFigure: Equatable, Sendable {
    public let centre: [Int64]
    public let low: [Int64]
    public let high: [Int64]
    public let samples: UInt64
    /// The sources that told of it.
    public let from: String

    public init(centre: [Int64], low: [Int64], high: [Int64], samples: UInt64, from: String) {
        for (low, (centre, high)) in zip(low, zip(centre, high)) {
            precondition(low <= centre && centre <= high, "Condition: a figure lies in its interval")
        }
        precondition(low.count == centre.count && high.count == centre.count, "Condition: as many ends as numbers")
        for knots in [low, centre, high] {
            precondition(zip(knots, knots.dropFirst()).allSatisfy { $0 <= $1 }, "Condition: knots ascend")
        }
        (self.centre, self.low, self.high, self.samples, self.from) = (centre, low, high, samples, from)
    }
}

/// What was fitted, and why something was not.
public struct CalibratedModels: Equatable, Sendable {
    public private(set) var figures: [ModelKey: ModelFigure] = [:]
    /// Why a figure is missing, for people.
    public private(set) var unknown: [ModelKey: String] = [:]

    public init() {}

    public subscript(key: ModelKey) -> ModelFigure? { figures[key] }

    /// A figure of a key is known or not known, never both.
    public mutating func set(_ key: ModelKey, _ figure: ModelFigure) {
        precondition(figure.centre.count == key.count, "Condition: a figure has its key's numbers")
        figures[key] = figure
        unknown[key] = nil
    }

    public mutating func leaveOut(_ key: ModelKey, because why: String) {
        figures[key] = nil
        unknown[key] = why
    }
}
