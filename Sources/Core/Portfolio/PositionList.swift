import Domain
import Units

/// An account's legs, one row for each instrument: long less short, and the account's own numbers.
struct PositionList {
    let cash: ReserveIndex
    private(set) var rows: ContiguousArray<Position> = []
    private var isAscending = true

    init(_ cash: ReserveIndex, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>) {
        self.cash = cash
        rows.reserveCapacity(factors.count)
        for leg in factors.indices { add(factors[leg], amounts[leg]) }
    }

    private mutating func add(_ factor: FactorIndex, _ amount: TokenAmount) {
        let row = row(of: factor.reserve)
        switch factor.side {
        case .collateral: rows[row].size += amount.approximate
        case .debt: rows[row].size -= amount.approximate
        case .accrual: rows[row].settledFunding = Int128(truncatingIfNeeded: amount).approximate
        case .entry:
            rows[row].entry = Int128(truncatingIfNeeded: amount).approximate
            rows[row].hasEntry = true
        }
    }

    private mutating func row(of instrument: ReserveIndex) -> Int {
        if !rows.isEmpty {
            // Legs of one instrument stand together, and instruments mostly ascend: then nothing is searched.
            let last = rows[rows.count - 1].instrument
            if last.raw == instrument.raw { return rows.count - 1 }
            if !isAscending || instrument.raw < last.raw {
                if let known = rows.firstIndex(where: { $0.instrument.raw == instrument.raw }) { return known }
                isAscending = false
            }
        }
        rows.append(Position(instrument: instrument))
        return rows.count - 1
    }

    /// Whether there is anything that could ever make the account owe.
    var canFall: Bool { rows.contains { $0.instrument != cash || $0.size < 0 } }
}

/// What an account holds of one instrument, in smallest units.
struct Position {
    let instrument: ReserveIndex
    var size = 0.0
    var hasEntry = false
    /// What it was entered for, signed, in the cash asset's smallest units.
    var entry = 0.0
    var settledFunding: Double?
}
