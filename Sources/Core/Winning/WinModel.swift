/// How likely a bid is to be the one that is executed.
///
/// Stateless values: any thread may ask, and nothing is allocated.
public enum WinModel: Equatable, Sendable {
    /// Nobody else is there.
    case always
    /// As it has turned out, by tip.
    case table(WinTable)
    /// Rivals by number, reservation and latency.
    case rivals(RivalModel)

    public var isCertain: Bool {
        if case .always = self { true } else { false }
    }

    /// - Parameter tip: basis points of the stake.
    public func chance(tip: Int64, in contest: Contest) -> Chance {
        switch self {
        case .always: .certain
        case .table(let table): table.chance(tip: tip)
        case .rivals(let model): model.chance(tip: tip, in: contest)
        }
    }
}
