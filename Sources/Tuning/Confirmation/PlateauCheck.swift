public import Search

/// Whether a candidate stands on a plateau or on a needle: what is left of its gain one step away, parameter by parameter.
///
/// A step is a twentieth of a continuous parameter's scale or one whole number; a choice has no neighbour. The candidate's own
/// score and the default's are means over the same tapes as the neighbours'.
public struct PlateauCheck: Hashable, Sendable {
    public static let step = 0.05

    public struct Side: Hashable, Sendable {
        public let parameter: String
        public let value: Double
        /// What of the gain is left: 1 all of it, 0 as good as the default.
        public let keptShare: Double
    }

    public let sides: [Side]
    /// The worst side.
    public var keptShareMin: Double { sides.map(\.keptShare).reduce(.infinity, min) }

    /// `score` gives the mean of a neighbour, or nothing where none is known.
    public init(
        _ candidate: SpacePoint, in space: SearchSpace, candidateScore: Double, defaultScore: Double,
        score: (SpacePoint) -> Double?
    ) {
        let gain = candidateScore - defaultScore
        sides = Self.neighbours(of: candidate, in: space).compactMap { parameter, point in
            guard let own = score(point) else { return nil }
            let kept = gain > 0 ? (own - defaultScore) / gain : 0
            return Side(parameter: space.parameters[parameter].name, value: point[parameter], keptShare: kept)
        }
    }

    /// The points one step below and above, each with the parameter that was moved; at a border there is only one.
    public static func neighbours(of point: SpacePoint, in space: SearchSpace) -> [(parameter: Int, point: SpacePoint)]
    {
        space.parameters.indices.flatMap { position -> [(parameter: Int, point: SpacePoint)] in
            let parameter = space.parameters[position]
            return [-1.0, 1.0].compactMap { sign in
                guard let value = parameter.neighbour(of: point[position], sign), value != point[position] else {
                    return nil
                }
                return (position, point.with(value, at: position))
            }
        }
    }
}

extension SearchParameter {
    fileprivate func neighbour(of value: Double, _ sign: Double) -> Double? {
        switch kind {
        case .continuous: self.value(at: place(of: value) + sign * PlateauCheck.step)
        case .integer: bounds.contains(value + sign) ? value + sign : nil
        case .choice: nil
        }
    }
}
