/// The one textual form of a space, and the number that stands for it: two workers search the same space when it is equal.
///
///     bid_share continuous 0.05 0.95 linear default 0.5
///     attempts integer 1 8 linear default 2
///     funding choice capital|flash_loan default capital
extension SearchSpace {
    /// A line for a parameter, each ended by a line feed. Doubles are in the shortest form that reads back to the same bits.
    public var text: String { parameters.map { Self.line($0) + "\n" }.joined() }

    /// FNV-1a, 64 bits, of the text: names, kinds, bounds, scales, choices, defaults and their order.
    public var hash: UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private static func line(_ parameter: SearchParameter) -> String {
        let name = parameter.name
        switch parameter.kind {
        case .continuous(let low, let high, let isLogarithmic):
            return "\(name) continuous \(low) \(high) \(scale(isLogarithmic)) default \(parameter.defaultValue)"
        case .integer(let low, let high, let isLogarithmic):
            return "\(name) integer \(low) \(high) \(scale(isLogarithmic)) default \(Int(parameter.defaultValue))"
        case .choice(let names):
            return "\(name) choice \(names.joined(separator: "|")) default \(names[Int(parameter.defaultValue)])"
        }
    }

    private static func scale(_ isLogarithmic: Bool) -> String { isLogarithmic ? "logarithmic" : "linear" }
}
