import Calibration
import Domain
import Opportunities
import Replay
import Units

/// What one preset came to on one tape, in the stable form that `docs/paper.md` describes: no clock, no machine, no order that
/// is not the tape's, so that the same run is the same bytes. Money is in smallest units of the cash token, as text.
public struct PaperReport: Encodable {
    public let preset: String
    public let settings: [Setting]
    public internal(set) var seed: UInt64 = 0
    public internal(set) var tapeSHA256 = ""
    public var parametersSHA256 = ""
    public let decisionSHA256: String
    /// The token that money is counted in.
    public internal(set) var cash = ""
    public internal(set) var cashDecimals: UInt8 = 0
    public let firstNanoseconds: Int64
    public let lastNanoseconds: Int64
    public let feed: Feed
    public let opportunities: Opportunities
    public let capture: Capture
    public let money: Money
    public let bids: Bids
    public let latency: Latency
    public let refusals: [String: UInt64]
    public internal(set) var world = World()
    public let series: [Point]
    public internal(set) var accounts: [Account] = []
    public let accountsDropped: UInt64

    init(_ preset: PaperPreset, _ found: ReplayReport, _ ledger: PaperLedger, start: Cash) {
        self.preset = preset.name.rawValue
        settings = PaperPreset.table.map { row in
            Setting(
                name: row.name, value: row.read(preset), unit: row.unit,
                source: preset.calibrated[row.name] ?? row.source)
        }
        decisionSHA256 = found.hash
        firstNanoseconds = found.first?.nanoseconds ?? 0
        lastNanoseconds = found.last?.nanoseconds ?? 0
        feed = Feed(found)
        opportunities = Opportunities(found.opportunities, ledger)
        capture = Capture(found.opportunities)
        money = Money(ledger, start)
        bids = Bids(found, ledger)
        latency = Latency(
            arrivalMicroseconds: Percentiles(ledger.arrivals), inclusionMicroseconds: Percentiles(ledger.inclusions))
        var refusals: [String: UInt64] = [:]
        for (reason, count) in zip(Refusal.allCases, found.refusals) where count > 0 { refusals[reason.word] = count }
        self.refusals = refusals
        series = ledger.points.map { Point($0, start) }
        accountsDropped = ledger.droppedAtEnd
    }
}

extension PaperReport {
    public struct Setting: Encodable { public let name, value, unit, source: String }

    public struct Feed: Encodable {
        public let frames, inputs, missing, faulty, recordFaults: UInt64
        public let accounts: Int

        init(_ found: ReplayReport) {
            (frames, inputs, missing) = (found.frames, found.inputs, found.missing)
            (faulty, recordFaults, accounts) = (found.faulty, found.recordFaults, found.accounts)
        }
    }

    /// Every account that could be taken, in exactly one class, or still open when the tape ended.
    public struct Opportunities: Encodable {
        public struct Row: Encodable {
            public let name: String
            public let count: UInt64
            /// Earned where it was won; what it seemed worth where it was not.
            public let money: String
            /// What our bids on them changed, gas deducted.
            public let net: String
        }

        public let opened: UInt64
        public let open: UInt64
        public let openNet: String
        public let classes: [Row]
        /// Whether the classes and what is open add up to what was opened.
        public let addsUp: Bool

        init(_ summary: OpportunitySummary, _ ledger: PaperLedger) {
            opened = summary.opened
            open = UInt64(summary.open)
            openNet = "\(ledger.openNet.units)"
            classes = OpportunityClass.allCases.map { kind in
                Row(
                    name: "\(kind)", count: summary[kind].count, money: "\(summary[kind].money.units)",
                    net: "\(ledger.nets[Int(kind.rawValue)].units)")
            }
            addsUp = classes.reduce(open) { $0 + $1.count } == opened
        }
    }

    /// How much of what could be had was ours: of the opportunities that ended, but for those that mended.
    public struct Capture: Encodable {
        public let won, of: UInt64
        /// Shares of 1, with the 95 % interval of Wilson; `nil` where there was nothing.
        public let ratio, low, high: Double?
        /// What was earned over that and what the others seemed worth.
        public let moneyRatio: Double?

        init(_ summary: OpportunitySummary) {
            won = summary[.won].count
            var (all, money) = (UInt64(0), Cash.zero)
            for kind in OpportunityClass.allCases where kind != .repaidByOwner {
                all += summary[kind].count
                money += max(summary[kind].money, .zero)
            }
            of = all
            let interval = WilsonInterval(won, of: all)
            (ratio, low, high) = (interval?.share, interval?.low, interval?.high)
            let earned = Double(max(summary[.won].money, .zero).units)
            moneyRatio = money > .zero ? earned / Double(money.units) : nil
        }
    }

    public struct Money: Encodable {
        /// Cash and gas together, gas at the prices of each ending.
        public let profit, cash, gas, gasWei, equityStart, equityEnd: String

        init(_ ledger: PaperLedger, _ start: Cash) {
            profit = "\(ledger.profit.units)"
            cash = "\(ledger.cash.units)"
            gas = "\(ledger.gasValue.units)"
            gasWei = "\(ledger.gasPaid)"
            equityStart = "\(start.units)"
            equityEnd = "\((start + ledger.profit).units)"
        }
    }

    public struct Bids: Encodable {
        public let intents, refusedByVenue: UInt64
        public let unfinished: Int

        init(_ found: ReplayReport, _ ledger: PaperLedger) {
            (intents, refusedByVenue, unfinished) = (ledger.intents, ledger.refusedByVenue, found.openIntents)
        }
    }

    public struct Latency: Encodable {
        /// From what we acted on, at the venue, to our order's arrival there, and to its block.
        public let arrivalMicroseconds, inclusionMicroseconds: Percentiles
    }

    public struct Percentiles: Encodable {
        public let count: Int
        public let p50, p90, p99, most: Int64

        init(_ samples: [Int64]) {
            let sorted = samples.sorted()
            func at(_ percent: Int) -> Int64 { sorted.isEmpty ? 0 : sorted[(sorted.count - 1) * percent / 100] }
            (count, p50, p90, p99, most) = (sorted.count, at(50), at(90), at(99), at(100))
        }
    }

    /// The venue's side.
    public struct World: Encodable {
        public var crossings, blocks, framesLeftOut, ownersChanges, oracleSteps: UInt64
        public var accountsWrittenOff, recordedFailed, recordedUnmatched: UInt64
        public var insurance: Insurance
        public var badDebt, shortfall, burntWei, tipsWei, othersGasWei: String
        public var ordersWaiting: Int
        /// How orders ended, ours and the others'.
        public var ours, others: [String: UInt64]
        /// Why ours did nothing.
        public var failures: [String: UInt64]

        init(
            _ counters: PaperCounters = PaperCounters(), _ books: PaperBooks = PaperBooks(), shortfall: Cash = .zero,
            waiting: Int = 0
        ) {
            (crossings, blocks, framesLeftOut) = (counters.crossings, counters.blocks, counters.framesLeftOut)
            (ownersChanges, oracleSteps) = (counters.ownersChanges, counters.oracleSteps)
            accountsWrittenOff = counters.accountsWrittenOff
            (recordedFailed, recordedUnmatched) = (counters.recordedFailed, counters.recordedUnmatched)
            badDebt = "\(books.badDebt.units)"
            insurance = Insurance(books.insurance)
            self.shortfall = "\(shortfall.units)"
            (burntWei, tipsWei, othersGasWei) = ("\(books.burnt)", "\(books.tips)", "\(books.othersGas)")
            ordersWaiting = waiting
            func words(_ counts: [PaperEnding.Kind: UInt64]) -> [String: UInt64] {
                Dictionary(uniqueKeysWithValues: PaperEnding.Kind.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
            }
            failures = Dictionary(uniqueKeysWithValues: counters.failures.map { ($0.key.rawValue, $0.value) })
            (ours, others) = (words(counters.endings[0]), words(counters.endings[1]))
        }
    }

    /// What became of the bad debt: drawn from the fund and lost by suppliers, in cash at the oracle's prices of then.
    public struct Insurance: Encodable {
        public let opening, income, drawn, socialised: String
        /// Accounts of the tape that lost something as suppliers.
        public let suppliersHit: Int

        init(_ insurance: PaperInsurance) {
            (opening, income) = ("\(insurance.opening.units)", "\(insurance.income.units)")
            (drawn, socialised) = ("\(insurance.drawn.units)", "\(insurance.socialised.units)")
            suppliersHit = insurance.accountsHit
        }
    }

    public struct Point: Encodable {
        public let nanoseconds: Int64
        public let equity, profit, gas, gasWei: String

        init(_ point: PaperPoint, _ start: Cash) {
            nanoseconds = point.at.nanoseconds
            equity = "\((start + point.profit).units)"
            profit = "\(point.profit.units)"
            gas = "\(point.gas.units)"
            gasWei = "\(point.gasPaid)"
        }
    }

    /// One opportunity of one account.
    public struct Account: Encodable {
        public let account, market, kind, money, worth, net, gas: String
        public let bids: UInt64
        public let firstBidNanoseconds: Int64?
        public let closedNanoseconds: Int64
        /// Why it was last left alone, if it was.
        public let reason: String?

        init(_ row: PaperRow, name: String, market: String) {
            account = name
            self.market = market
            kind = "\(row.closing.kind)"
            money = "\(row.closing.money.units)"
            worth = "\(row.closing.worth.units)"
            net = "\((row.cash + row.gas).units)"
            gas = "\(row.gas.units)"
            bids = row.bids
            firstBidNanoseconds = row.firstBidAt?.nanoseconds
            closedNanoseconds = row.closedAt.nanoseconds
            reason = row.closing.refusal.map { "\($0)" }
        }

        private enum CodingKeys: String, CodingKey {
            case account, market, money, worth, net, gas, bids, firstBidNanoseconds, closedNanoseconds, reason
            case kind = "class"
        }
    }
}
