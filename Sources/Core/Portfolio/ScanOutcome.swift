public import Domain
import Options

/// One underlying under every scenario: profit and loss in base units, weights applied.
public struct ScanOutcome<Q: Quantity>: Sendable {
    public let instrument: ReserveIndex
    public internal(set) var profits: ContiguousArray<Q>
    /// The options at their marks.
    public internal(set) var mark = Q(0)
    /// Of the expiries that move apart; no profit.
    public internal(set) var basis = Q(0)
    /// What is added to the worst loss.
    public internal(set) var contingency = Q(0)
    public internal(set) var shortOptionMinimum = Q(0)

    /// The worst of everything for this underlying alone.
    public var worst: Q {
        var least = Q.least(profits[0], basis)
        for profit in profits.dropFirst() { least = Q.least(least, profit) }
        return Q.least(least, shortOptionMinimum * -1)
    }
}

extension ScanMargin {
    public func outcome<Q: Quantity>(
        of underlying: UnderlyingBook<Q>, over halfWidths: ContiguousArray<Double>
    ) -> ScanOutcome<Q> {
        var outcome = ScanOutcome(instrument: underlying.instrument, profits: linear(underlying))
        var shorts = 0.0
        var naked = 0.0
        let grid = ScanGrid(self)
        for expiry in underlying.expiries {
            add(expiry, under: grid, to: &outcome, over: halfWidths)
            for option in expiry.options { shorts += max(-option.amount, 0) }
            if contingency.nakedShort > 0 { naked += NakedShorts(expiry).count }
        }
        var futures = 0.0
        for future in underlying.futures { futures += abs(future.size) }
        let share =
            contingency.future * futures + contingency.base * abs(underlying.base) + contingency.nakedShort * naked
        outcome.contingency = underlying.spot * share
        outcome.shortOptionMinimum = underlying.spot * (shortOptionMinimum * shorts)
        for scenario in scenarios.indices {
            let profit = outcome.profits[scenario] * scenarios[scenario].weight
            outcome.profits[scenario] = profit.tightened(over: halfWidths)
        }
        return outcome
    }

    /// Base and futures: the move times what is held.
    private func linear<Q: Quantity>(_ underlying: UnderlyingBook<Q>) -> ContiguousArray<Q> {
        var exposure = underlying.spot * underlying.base
        for future in underlying.futures { exposure.add(future.price, times: future.size) }
        return ContiguousArray(scenarios.map { exposure * $0.spot })
    }

    private func add<Q: Quantity>(
        _ expiry: ExpiryBook<Q>, under grid: ScanGrid, to outcome: inout ScanOutcome<Q>,
        over halfWidths: ContiguousArray<Double>
    ) {
        let factor = volatility.factor(expiry.years)
        let shocks = ExpiryShocks(
            moves: grid.moves, up: volatility.shock(.up, factor), down: volatility.shock(.down, factor))
        let values = Q.revalued(expiry, under: shocks)
        let mark = values[grid.still].tightened(over: halfWidths)
        outcome.mark = outcome.mark + mark
        let share = discount.map { $0.share(expiry) }
        for scenario in scenarios.indices {
            var value = values[scenario].tightened(over: halfWidths)
            // The share is at most 1, so the lesser is the discounted one exactly where the value is above zero.
            if let share { value = Q.least(value, value * share) }
            outcome.profits[scenario] = outcome.profits[scenario] + value - mark
        }
        guard let basis else { return }
        let up = values[grid.basisUp].tightened(over: halfWidths) - mark
        let down = values[grid.basisDown].tightened(over: halfWidths) - mark
        let apart = Q.least(
            Q.least(up.tightened(over: halfWidths), down.tightened(over: halfWidths)), Q(0))
        outcome.basis = outcome.basis + apart * (Q(basis.add) + expiry.years * basis.multiply)
    }
}

/// Every move that an option is valued under: the scenarios, and behind them what the marks and the basis contingency need
/// where no scenario is the very same.
private struct ScanGrid {
    private(set) var moves: ContiguousArray<ScanMove> = []
    private(set) var still = 0
    private(set) var basisUp = 0
    private(set) var basisDown = 0

    init(_ model: ScanMargin) {
        moves.reserveCapacity(model.scenarios.count + 3)
        for scenario in model.scenarios { moves.append(ScanMove(1 + scenario.spot, scenario.volatility)) }
        still = place(ScanMove(1, .same))
        guard let basis = model.basis else { return }
        basisUp = place(ScanMove(1 + basis.move, .same))
        basisDown = place(ScanMove(1 - basis.move, .same))
    }

    private mutating func place(_ move: ScanMove) -> Int {
        if let known = moves.firstIndex(where: { $0.forward == move.forward && $0.volatility == move.volatility }) {
            return known
        }
        moves.append(move)
        return moves.count - 1
    }
}

/// Shorts that no long of the other kind at the same strike stands against; shorts of both kinds add up.
struct NakedShorts {
    private(set) var count = 0.0

    init<Q: Quantity>(_ expiry: ExpiryBook<Q>) {
        var strikes = ContiguousArray(expiry.options.map { (strike: $0.contract.strike, calls: 0.0, puts: 0.0) })
        for position in expiry.options.indices {
            let amount = expiry.options[position].amount
            if expiry.options[position].contract.kind == .call {
                strikes[position].calls = amount
            } else {
                strikes[position].puts = amount
            }
        }
        // Series are mostly listed by strike.
        let isSorted = strikes.indices.dropFirst().allSatisfy { strikes[$0 - 1].strike <= strikes[$0].strike }
        if !isSorted { strikes.sort { $0.strike < $1.strike } }
        var (calls, puts) = (0.0, 0.0)
        for position in strikes.indices {
            calls += strikes[position].calls
            puts += strikes[position].puts
            let isLast = position + 1 == strikes.count || strikes[position + 1].strike != strikes[position].strike
            guard isLast else { continue }
            count += calls < 0 && puts < 0 ? -(calls + puts) : max(-min(calls, puts) - max(calls, puts, 0), 0)
            (calls, puts) = (0, 0)
        }
    }
}
