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

    package var isCertain: Bool {
        if case .always = self { true } else { false }
    }

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

    /// For asking about many tips in one contest.
    enum Odds {
        case constant(Chance)
        case table(WinTable)
        case rivals(RivalModel, RivalModel.Timing)

        func chance(tip: Int64) -> Chance {
            switch self {
            case .constant(let chance): chance
            case .table(let table): table.chance(tip: tip)
            case .rivals(let model, let timing): model.chance(tip: tip, timing)
            }
        }
    }

    func odds(in contest: Contest) -> Odds {
        switch self {
        case .always: return .constant(.certain)
        case .table(let table): return .table(table)
        case .rivals(let model):
            let timing = model.timing(in: contest)
            // Who is first does not depend on tips.
            return contest.rule == .firstCome ? .constant(timing.own) : .rivals(model, timing)
        }
    }
}
