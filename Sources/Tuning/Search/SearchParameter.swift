/// One thing that a search may change: its name, the values it may take and the value it has when nobody searches.
///
/// A value is a `Double` whatever the kind: the number itself, the whole number, or the position of the choice in its list.
/// `SearchSpace` checks what is written here; a parameter by itself promises nothing.
public struct SearchParameter: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case continuous(low: Double, high: Double, isLogarithmic: Bool)
        case integer(low: Int, high: Int, isLogarithmic: Bool)
        case choice([String])
    }

    public let name: String
    public let kind: Kind
    public let defaultValue: Double

    public init(_ name: String, _ kind: Kind, default defaultValue: Double) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
    }

    /// The lowest and the highest value.
    public var bounds: ClosedRange<Double> {
        switch kind {
        case .continuous(let low, let high, _): low...high
        case .integer(let low, let high, _): Double(low)...Double(high)
        case .choice(let names): 0...Double(names.count - 1)
        }
    }

    /// Whether the parameter may have this value: inside its bounds and, but for a continuous one, whole.
    public func allows(_ value: Double) -> Bool {
        guard bounds.contains(value) else { return false }
        if case .continuous = kind { return true }
        return value == value.rounded(.towardZero)
    }
}
