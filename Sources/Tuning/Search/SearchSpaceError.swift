/// Why a space or a point is not one: the fact, and the parameter it is about. Trying again does not help.
public struct SearchSpaceError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable {
        case noParameters, tooManyParameters
        /// Empty, or with a character that the textual form uses itself.
        case badName
        case repeatedName
        /// The low bound is not below the high one, or a bound is not finite.
        case badBounds
        /// A logarithmic scale begins above zero.
        case logarithmOfNothing
        /// Fewer than two choices, or more than `SearchSpace.choicesMax`.
        case badChoices
        case defaultOutside
        /// A point has another number of values than the space has parameters.
        case wrongCount
        case valueOutside
        /// More points than `GridSampler.pointsMax`, or fewer than two levels of a parameter.
        case badGrid
    }

    public let code: Code
    public let subject: String
    public var isRetriable: Bool { false }

    public init(_ code: Code, _ subject: String = "") {
        self.code = code
        self.subject = subject
    }
}
