import Calibration
import Domain
import Opportunities
import Replay
import Units

/// What one preset came to on one tape, in the stable form that `docs/paper.md` describes: no clock, no machine, no order that
/// is not the tape's, so that the same run is the same bytes. Money is in smallest units of the cash token, as text.
package struct PaperReport: Encodable {
    package let preset: String
    package let settings: [Setting]
    package internal(set) var seed: UInt64 = 0
    package internal(set) var tapeSHA256 = ""
    package var parametersSHA256 = ""
    package let decisionSHA256: String
    /// The token that money is counted in.
    package internal(set) var cash = ""
    package internal(set) var cashDecimals: UInt8 = 0
    package let firstNanoseconds: Int64
    package let lastNanoseconds: Int64
    package let feed: Feed
    package let opportunities: Opportunities
    package let capture: Capture
    package let money: Money
    package let bids: Bids
    package let latency: Latency
    package let refusals: [String: UInt64]
    package internal(set) var world = World()
    package let series: [Point]
    package internal(set) var accounts: [Account] = []
    package let accountsDropped: UInt64

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
        for (reason, count) in zip(Refusal.allCases, found.refusals) where count > 0 { refusals["\(reason)"] = count }
        self.refusals = refusals
        series = ledger.points.map { Point($0, start) }
        accountsDropped = ledger.droppedAtEnd
    }
}

extension PaperReport {
    package struct Setting: Encodable { package let name, value, unit, source: String }

    package struct Feed: Encodable {
        package let frames, inputs, missing, faulty, recordFaults: UInt64
        package let accounts: Int

        init(_ found: ReplayReport) {
            (frames, inputs, missing) = (found.frames, found.inputs, found.missing)
            (faulty, recordFaults, accounts) = (found.faulty, found.recordFaults, found.accounts)
        }
    }

    /// Every account that could be taken, in exactly one class, or still open when the tape ended.
    package struct Opportunities: Encodable {
        package struct Row: Encodable {
            package let name: String
            package let count: UInt64
            /// Earned where it was won; what it seemed worth where it was not.
            package let money: String
            /// What our bids on them changed, gas deducted.
            package let net: String
        }

        package let opened: UInt64
        package let open: UInt64
        package let openNet: String
        package let classes: [Row]
        /// Whether the classes and what is open add up to what was opened.
        package let addsUp: Bool

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
    package struct Capture: Encodable {
        package let won, of: UInt64
        /// Shares of 1, with the 95 % interval of Wilson; `nil` where there was nothing.
        package let ratio, low, high: Double?
        /// What was earned over that and what the others seemed worth.
        package let moneyRatio: Double?

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

    package struct Money: Encodable {
        /// Cash and gas together, gas at the prices of each ending.
        package let profit, cash, gas, gasWei, equityStart, equityEnd: String

        init(_ ledger: PaperLedger, _ start: Cash) {
            profit = "\(ledger.profit.units)"
            cash = "\(ledger.cash.units)"
            gas = "\(ledger.gasValue.units)"
            gasWei = "\(ledger.gasPaid)"
            equityStart = "\(start.units)"
            equityEnd = "\((start + ledger.profit).units)"
        }
    }

    package struct Bids: Encodable {
        package let intents, refusedByVenue: UInt64
        package let unfinished: Int

        init(_ found: ReplayReport, _ ledger: PaperLedger) {
            (intents, refusedByVenue, unfinished) = (ledger.intents, ledger.refusedByVenue, found.openIntents)
        }
    }

    package struct Latency: Encodable {
        /// From what we acted on, at the venue, to our order's arrival there, and to its block.
        package let arrivalMicroseconds, inclusionMicroseconds: Percentiles
    }

    package struct Percentiles: Encodable {
        package let count: Int
        package let p50, p90, p99, most: Int64

        init(_ samples: [Int64]) {
            let sorted = samples.sorted()
            func at(_ percent: Int) -> Int64 { sorted.isEmpty ? 0 : sorted[(sorted.count - 1) * percent / 100] }
            (count, p50, p90, p99, most) = (sorted.count, at(50), at(90), at(99), at(100))
        }
    }

    /// The venue's side.
    package struct World: Encodable {
        package var crossings, blocks, framesLeftOut, ownersChanges, oracleSteps: UInt64
        package var accountsWrittenOff, recordedFailed, recordedUnmatched: UInt64
        package var insurance: Insurance
        package var badDebt, shortfall, burntWei, tipsWei, othersGasWei: String
        package var ordersWaiting: Int
        /// How orders ended, ours and the others'.
        package var ours, others: [String: UInt64]
        /// Why ours did nothing.
        package var failures: [String: UInt64]

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
    package struct Insurance: Encodable {
        package let opening, income, drawn, socialised: String
        /// Accounts of the tape that lost something as suppliers.
        package let suppliersHit: Int

        init(_ insurance: PaperInsurance) {
            (opening, income) = ("\(insurance.opening.units)", "\(insurance.income.units)")
            (drawn, socialised) = ("\(insurance.drawn.units)", "\(insurance.socialised.units)")
            suppliersHit = insurance.accountsHit
        }
    }

    package struct Point: Encodable {
        package let nanoseconds: Int64
        package let equity, profit, gas, gasWei: String

        init(_ point: PaperPoint, _ start: Cash) {
            nanoseconds = point.at.nanoseconds
            equity = "\((start + point.profit).units)"
            profit = "\(point.profit.units)"
            gas = "\(point.gas.units)"
            gasWei = "\(point.gasPaid)"
        }
    }

    /// One opportunity of one account.
    package struct Account: Encodable {
        package let account, market, kind, money, worth, net, gas: String
        package let bids: UInt64
        package let firstBidNanoseconds: Int64?
        package let closedNanoseconds: Int64
        /// Why it was last left alone, if it was.
        package let reason: String?

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
