public import Units

/// Where two runs over the same tape differ in profit, and why: every unit under one cause. Money is in smallest units of the cash
/// token, as text; a difference is the second run less the first.
///
/// Invariant: the causes add up to the difference, to the unit.
public struct ParityReport: Encodable, Sendable {
    /// Grows when a field changes its meaning.
    public let format = 1
    public let cash: String
    public let cashDecimals: UInt8
    public let first: Run
    public let second: Run
    public let difference: String
    public let causes: [Cause]
    /// Crossings in all, and those in which the runs' money differs.
    public let crossings: Int
    public let differing: Int
    /// The ones with most money, at most `rowsMax`.
    public let rows: [Row]

    public static let rowsMax = 1_000

    public struct Run: Encodable, Sendable {
        public let profit: String
        public let preset: String?
        public let bids: Int
        public let settled: Int

        init(_ run: ParityRun) {
            profit = "\(run.profit.units)"
            preset = run.preset
            let all = run.accounts.values.flatMap(\.bids)
            (bids, settled) = (all.count, all.count { $0.isSettled })
        }
    }

    public struct Cause: Encodable, Sendable {
        public let cause: String
        /// Findings, not crossings: one crossing may have several.
        public let count: Int
        public let money: String
        /// The same by what happened.
        public let details: [String: String]
    }

    public struct Row: Encodable, Sendable {
        public let market, account: String
        public let fromNanoseconds: Int64
        public let difference: String
        public let findings: [Part]

        public struct Part: Encodable, Sendable { public let cause, detail, money: String }
    }

    public init(_ first: ParityRun, _ second: ParityRun) throws(ParityFault) {
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
    public func money(of cause: ParityCause) -> Cash {
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
