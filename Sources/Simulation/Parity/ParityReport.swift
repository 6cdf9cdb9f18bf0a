package import Units

/// Where two runs over the same tape differ in profit, and why: every unit under one cause. Money is in smallest units of the cash
/// token, as text; a difference is the second run less the first.
///
/// Invariant: the causes add up to the difference, to the unit.
package struct ParityReport: Encodable, Sendable {
    /// Grows when a field changes its meaning.
    package let format = 1
    package let cash: String
    package let cashDecimals: UInt8
    package let first: Run
    package let second: Run
    package let difference: String
    package let causes: [Cause]
    /// Crossings in all, and those in which the runs' money differs.
    package let crossings: Int
    package let differing: Int
    /// The ones with most money, at most `rowsMax`.
    package let rows: [Row]

    package static let rowsMax = 1_000

    package struct Run: Encodable, Sendable {
        package let profit: String
        package let preset: String?
        package let bids: Int
        package let settled: Int

        init(_ run: ParityRun) {
            profit = "\(run.profit.units)"
            preset = run.preset
            let all = run.accounts.values.flatMap(\.bids)
            (bids, settled) = (all.count, all.count { $0.isSettled })
        }
    }

    package struct Cause: Encodable, Sendable {
        package let cause: String
        /// Findings, not crossings: one crossing may have several.
        package let count: Int
        package let money: String
        /// The same by what happened.
        package let details: [String: String]
    }

    package struct Row: Encodable, Sendable {
        package let market, account: String
        package let fromNanoseconds: Int64
        package let difference: String
        package let findings: [Part]

        package struct Part: Encodable, Sendable { package let cause, detail, money: String }
    }

    package init(_ first: ParityRun, _ second: ParityRun) throws(ParityFault) {
        if let tape = first.tape, let other = second.tape, tape != other {
            throw ParityFault(.otherTape, "the second log", found: "tape \(other)", allowed: "tape \(tape)")
        }
        var sums = ParitySums()
        let names = Set(first.accounts.keys).union(second.accounts.keys)
        for name in names.sorted(by: { ($0.market, $0.account) < ($1.market, $1.account) }) {
            sums.add(name, [first.accounts[name], second.accounts[name]])
        }
        cash = first.cash ?? second.cash ?? ""
        cashDecimals = first.cashDecimals ?? second.cashDecimals ?? 0
        (self.first, self.second) = (Run(first), Run(second))
        let change = second.profit - first.profit
        difference = "\(change.units)"
        precondition(sums.total == change, "Invariant: the causes add up to the difference")
        causes = sums.causes
        (crossings, differing) = (sums.crossings, sums.rows.count)
        rows = sums.ranked.prefix(Self.rowsMax).map(\.row)
    }

    /// What a cause comes to.
    package func money(of cause: ParityCause) -> Cash {
        let text = causes.first { $0.cause == cause.rawValue }?.money
        return Cash(units: text.flatMap { Int128($0) } ?? 0)
    }
}

/// The findings of all accounts, added up as they come.
private struct ParitySums {
    private(set) var total = Cash.zero
    private(set) var crossings = 0
    private(set) var rows: [(change: Cash, row: ParityReport.Row)] = []
    private var sums: [ParityCause: (count: Int, money: Cash, details: [String: Cash])] = [:]

    mutating func add(_ name: ParityRun.AccountName, _ accounts: [ParityAccount?]) {
        var judge = ParityJudge(accounts)
        for crossing in ParityCrossing.all(of: accounts) {
            crossings += 1
            let findings = judge.judge(crossing)
            guard !findings.isEmpty else { continue }
            for finding in findings { add(finding) }
            let change = findings.reduce(Cash.zero) { $0 + $1.change }
            rows.append(
                (
                    change,
                    ParityReport.Row(
                        market: name.market, account: name.account, fromNanoseconds: crossing.from.nanoseconds,
                        difference: "\(change.units)",
                        findings: findings.map {
                            ParityReport.Row.Part(
                                cause: $0.cause.rawValue, detail: $0.detail, money: "\($0.change.units)")
                        })
                ))
        }
    }

    private mutating func add(_ finding: ParityJudge.Finding) {
        total += finding.change
        var sum = sums[finding.cause] ?? (0, .zero, [:])
        sum.count += 1
        sum.money += finding.change
        sum.details[finding.detail, default: .zero] += finding.change
        sums[finding.cause] = sum
    }

    var causes: [ParityReport.Cause] {
        ParityCause.allCases.map { cause in
            let sum = sums[cause] ?? (0, .zero, [:])
            return ParityReport.Cause(
                cause: cause.rawValue, count: sum.count, money: "\(sum.money.units)",
                details: sum.details.mapValues { "\($0.units)" })
        }
    }

    /// Most money first; of the same money in order of name and time.
    var ranked: [(change: Cash, row: ParityReport.Row)] {
        rows.enumerated().sorted { a, b in
            let (x, y) = (a.element.change.units.magnitude, b.element.change.units.magnitude)
            return x != y ? x > y : a.offset < b.offset
        }.map(\.element)
    }
}
