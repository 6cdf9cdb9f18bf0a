import Domain
package import Opportunities
package import Units

/// What a run of the paper world adds up to as it goes: our endings, their money, delays, and every opportunity's end. Everything
/// that it keeps has a bound.
package struct PaperLedger {
    package private(set) var seen: UInt64 = 0
    package private(set) var refusedByVenue: UInt64 = 0
    package private(set) var intents: UInt64 = 0
    /// What our own endings brought: cash, and gas in cash at the prices of then.
    package private(set) var cash = Cash.zero
    package private(set) var gasValue = Cash.zero
    package private(set) var gasPaid: Wei = 0
    /// By account, the ones with most money kept.
    private var rows: [PaperRow] = []
    private var rowsDropped: UInt64 = 0
    package private(set) var points: [PaperPoint] = []
    /// From what we acted on, at the venue, to our order's arrival there, and to the block it was executed in; microseconds.
    package private(set) var arrivals: [Int64] = []
    package private(set) var inclusions: [Int64] = []
    /// By `OpportunityClass.rawValue`: what our bids on them changed, gas deducted. Of those that did not end: `openNet`.
    package private(set) var nets = [Cash](repeating: .zero, count: OpportunityClass.allCases.count)
    private var open: [UInt32: Open] = [:]
    private var pointStride: UInt64 = 1
    private var pointCount: UInt64 = 0
    /// Whether the last point is there only because it is the last.
    private var isLastPassing = false
    /// By ordinal: when what an intent acts on happened.
    private var causes: [UInt64: Moment] = [:]

    package static let rowsMax = 1_000
    package static let pointsMax = 500
    package static let samplesMax = 100_000

    /// Of an account with an opportunity that has not ended: what our bids on it did.
    private struct Open {
        var bids: UInt64 = 0
        var cash = Cash.zero
        var gas = Cash.zero
        var first = Moment.start
    }

    package init() {}

    mutating func countSeen() { seen += 1 }
    mutating func countRefused() { refusedByVenue += 1 }

    mutating func note(_ intent: Intent, at now: Moment, happened: Moment, arrival: Moment) {
        intents += 1
        var row = open[intent.account.raw] ?? Open()
        if row.bids == 0 { row.first = now }
        row.bids += 1
        open[intent.account.raw] = row
        guard arrivals.count < Self.samplesMax else { return }
        arrivals.append((arrival - happened).nanoseconds / 1_000)
        causes[intent.ordinal] = happened
    }

    /// - Parameter valued: its gas in cash, below zero.
    mutating func note(_ ending: PaperEnding, valued gas: Cash) {
        guard ending.order.party == .ours else { return }
        cash += ending.cash
        gasValue += gas
        gasPaid += ending.gasPaid
        var row = open[ending.order.account.raw] ?? Open()
        row.cash += ending.cash
        row.gas += gas
        open[ending.order.account.raw] = row
        if let happened = causes.removeValue(forKey: ending.order.number), ending.kind != .expired {
            inclusions.append((ending.at - happened).nanoseconds / 1_000)
        }
        plot(PaperPoint(at: ending.at, cash: cash, gas: gasValue, gasPaid: gasPaid))
    }

    mutating func note(_ closing: OpportunityClosing, at now: Moment) {
        let bids = open.removeValue(forKey: closing.account.raw) ?? Open()
        nets[Int(closing.kind.rawValue)] += bids.cash + bids.gas
        rows.append(
            PaperRow(
                closing: closing, closedAt: now, firstBidAt: bids.bids > 0 ? bids.first : nil, bids: bids.bids,
                cash: bids.cash, gas: bids.gas))
        if rows.count >= 2 * Self.rowsMax { trim() }
    }

    package var openNet: Cash { open.values.reduce(.zero) { $0 + $1.cash + $1.gas } }
    package var profit: Cash { cash + gasValue }

    /// Those with most money; of the same money those that came first.
    package var ranked: [PaperRow] {
        let ranked = rows.enumerated().sorted { a, b in
            let (first, second) = (a.element.closing.money.units.magnitude, b.element.closing.money.units.magnitude)
            return first != second ? first > second : a.offset < b.offset
        }
        return ranked.prefix(Self.rowsMax).map(\.element)
    }

    package var droppedAtEnd: UInt64 { rowsDropped + UInt64(max(0, rows.count - Self.rowsMax)) }

    private mutating func trim() {
        let kept = ranked
        rowsDropped += UInt64(rows.count - kept.count)
        rows = kept
    }

    /// Every so manieth point, twice as rarely whenever there are too many; the last one is always there.
    private mutating func plot(_ point: PaperPoint) {
        if isLastPassing { points.removeLast() }
        points.append(point)
        isLastPassing = pointCount % pointStride != 0
        pointCount += 1
        guard points.count >= Self.pointsMax else { return }
        points = points.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        pointStride *= 2
        pointCount = 1
        isLastPassing = false
    }
}

/// One opportunity of one account.
package struct PaperRow: Equatable, Sendable {
    package var closing: OpportunityClosing
    package var closedAt: Moment
    package var firstBidAt: Moment?
    package var bids: UInt64
    package var cash: Cash
    package var gas: Cash
}

/// Where we stood after an ending.
package struct PaperPoint: Equatable, Sendable {
    package var at: Moment
    package var cash: Cash
    package var gas: Cash
    package var gasPaid: Wei

    package var profit: Cash { cash + gas }
}
