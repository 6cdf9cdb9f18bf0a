public import Strategy

/// A strategy parameter that is searched, and between which of its values.
public struct TunedParameter: Sendable {
    public let row: StrategyParameters.Row
    public let low: Int64
    public let high: Int64

    /// `nil` where the ends are not in order, or outside of what the parameter may be.
    public init?(_ row: StrategyParameters.Row, _ low: Int64, _ high: Int64) {
        guard low < high, row.range.contains(low), row.range.contains(high) else { return nil }
        (self.row, self.low, self.high) = (row, low, high)
    }

    public var name: String { row.name }

    /// The words of what is not a number.
    public var words: [String]? {
        switch row.scale {
        case .categorical(let words): words
        case .toggle: ["false", "true"]
        case .linear, .logarithmic: nil
        }
    }

    /// By ratios: where the table says so, or where the ends are far apart.
    public var isLogarithmic: Bool { low > 0 && (row.scale == .logarithmic || high / low >= 100) }
}

extension TunedParameter {
    /// What is searched when nobody says what: everything that a bot chooses for itself. What is supposed of rivals, of gas and
    /// of latency is left as it is, because it is measured and not chosen.
    public static let standard: [TunedParameter] = ends.map { name, low, high in
        guard let row = StrategyParameters.table.first(where: { $0.name == name }),
            let parameter = TunedParameter(row, low, high)
        else { preconditionFailure("Invariant: \(name) is a parameter with this range") }
        return parameter
    }

    private static let ends: [(String, Int64, Int64)] = [
        ("minimum_profit_micros", 10_000, 1_000_000_000), ("minimum_return_bps", 0, 500), ("tip_share_bps", 0, 9_900),
        ("tip_wei_max", 1_000_000_000, 100_000_000_000_000), ("base_fee_headroom_bps", 10_000, 50_000),
        ("margin_floor_bps", 0, 9_500), ("deadline_blocks", 1, 200), ("open_intents_max", 1, 1_024),
        ("uses_flash_loans", 0, 1), ("two_step", 0, 1), ("size_share_bps", 2_000, 10_000), ("win_model", 0, 2),
        ("tip_share_max_bps", 500, 9_900),
    ]
}
