public import Search
public import Strategy

/// The strategy parameters that a study varies, as a space for samplers; all others stay as the base has them.
///
/// Numbers of the table are whole: a wide one is searched as if it were not and rounded when it is used.
/// Example: `try StrategySpace(TunedParameter.standard, on: StrategyParameters())`.
public struct StrategySpace: Sendable {
    public let parameters: [TunedParameter]
    public let base: StrategyParameters
    public let space: SearchSpace

    /// Throws where a value of the base lies outside of the ends.
    public init(_ parameters: [TunedParameter], on base: StrategyParameters) throws(SearchSpaceError) {
        self.parameters = parameters
        self.base = base
        space = try SearchSpace(parameters.map { Self.parameter($0, base) })
    }

    private static func parameter(_ tuned: TunedParameter, _ base: StrategyParameters) -> SearchParameter {
        let value = Double(tuned.row.read(base))
        if let words = tuned.words { return SearchParameter(tuned.name, .choice(words), default: value) }
        if tuned.high - tuned.low <= stepsMax {
            return SearchParameter(
                tuned.name,
                .integer(low: Int(tuned.low), high: Int(tuned.high), isLogarithmic: tuned.isLogarithmic),
                default: value)
        }
        return SearchParameter(
            tuned.name,
            .continuous(low: Double(tuned.low), high: Double(tuned.high), isLogarithmic: tuned.isLogarithmic),
            default: value)
    }

    /// Up to so many values a parameter is searched value by value.
    private static let stepsMax: Int64 = 64

    /// Of the table, by name, as trials take them.
    public func values(at point: SpacePoint) -> [(name: String, value: Int64)] {
        zip(parameters, point.values).map { ($0.name, Int64($1.rounded())) }
    }

    public func strategy(at point: SpacePoint) -> StrategyParameters {
        var strategy = base
        for (parameter, value) in zip(parameters, point.values) {
            parameter.row.write(&strategy, Int64(value.rounded()))
        }
        return strategy
    }
}
