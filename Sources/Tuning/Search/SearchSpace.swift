/// What a search searches: a list of parameters that has been checked.
///
/// It knows nothing of a strategy: who searches makes the space out of his own table. Invariant: every name is there once,
/// bounds are in order and finite, and the default is inside.
///
///     let space = try SearchSpace([
///         SearchParameter("bid_share", .continuous(low: 0.05, high: 0.95, isLogarithmic: false), default: 0.5),
///         SearchParameter("attempts", .integer(low: 1, high: 8, isLogarithmic: false), default: 2),
///     ])
public struct SearchSpace: Hashable, Sendable {
    /// The Jacobi rotations of `SymmetricEigen` and the table of `SobolDirections` end here.
    public static let parametersMax = 40
    public static let choicesMax = 64
    /// Beyond it a double does not tell neighbouring whole numbers apart.
    public static let integerMagnitudeMax = 1 << 53

    public let parameters: [SearchParameter]

    public init(_ parameters: [SearchParameter]) throws(SearchSpaceError) {
        guard !parameters.isEmpty else { throw SearchSpaceError(.noParameters) }
        guard parameters.count <= Self.parametersMax else { throw SearchSpaceError(.tooManyParameters) }
        var names: Set<String> = []
        for parameter in parameters {
            guard Self.isName(parameter.name) else { throw SearchSpaceError(.badName, parameter.name) }
            guard names.insert(parameter.name).inserted else { throw SearchSpaceError(.repeatedName, parameter.name) }
            try Self.check(parameter)
            guard parameter.allows(parameter.defaultValue) else {
                throw SearchSpaceError(.defaultOutside, parameter.name)
            }
        }
        self.parameters = parameters
    }

    public var count: Int { parameters.count }
    public var defaultPoint: SpacePoint { SpacePoint(parameters.map(\.defaultValue)) }

    /// Throws unless every value of the point is one that its parameter may have.
    public func check(_ point: SpacePoint) throws(SearchSpaceError) {
        guard point.count == count else { throw SearchSpaceError(.wrongCount) }
        for (parameter, value) in zip(parameters, point.values) where !parameter.allows(value) {
            throw SearchSpaceError(.valueOutside, parameter.name)
        }
    }

    private static func check(_ parameter: SearchParameter) throws(SearchSpaceError) {
        switch parameter.kind {
        case .continuous(let low, let high, let isLogarithmic):
            guard low < high, (high - low).isFinite else { throw SearchSpaceError(.badBounds, parameter.name) }
            guard low > 0 || !isLogarithmic else { throw SearchSpaceError(.logarithmOfNothing, parameter.name) }
        case .integer(let low, let high, let isLogarithmic):
            guard low < high, low >= -integerMagnitudeMax, high <= integerMagnitudeMax else {
                throw SearchSpaceError(.badBounds, parameter.name)
            }
            guard low > 0 || !isLogarithmic else { throw SearchSpaceError(.logarithmOfNothing, parameter.name) }
        case .choice(let names):
            guard (2...choicesMax).contains(names.count) else { throw SearchSpaceError(.badChoices, parameter.name) }
            guard Set(names).count == names.count else { throw SearchSpaceError(.repeatedName, parameter.name) }
            guard names.allSatisfy(isName) else { throw SearchSpaceError(.badName, parameter.name) }
        }
    }

    /// What needs no quotes in the textual form: letters, digits, `_`, `-` and `.`.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
