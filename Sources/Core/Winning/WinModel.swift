/// How likely a bid is to be the one that is executed.
///
/// Stateless values: any thread may ask, and nothing is allocated.
package enum WinModel: Equatable, Sendable {
    /// Nobody else is there.
    case always
    /// As it has turned out, by tip.
    case table(WinTable)
    /// Rivals by number, reservation and latency.
    case rivals(RivalModel)

    /// Tips at which the chance bends: the best tip is often one of them, or next to one.
    var cornerCount: Int {
        switch self {
        case .always: 0
        case .table: WinTable.binCount
        case .rivals: Quantiles.steps + 1
        }
    }

    func corner(_ position: Int) -> Int64 {
        switch self {
        case .always: 0
        case .table: Int64(position) * WinTable.binWidth + WinTable.binWidth / 2
        case .rivals(let model): model.corner(position)
        }
    }

    /// - Parameter tip: basis points of the stake.
    package func chance(tip: Int64, in contest: Contest) -> Chance {
        switch self {
        case .always: .certain
        case .table(let table): table.chance(tip: tip)
        case .rivals(let model): model.chance(tip: tip, in: contest)
        }
    }
}
