import Domain
public import Opportunities
public import Units

/// What a run of the paper world adds up to as it goes: our endings, their money, delays, and every opportunity's end. Everything
/// that it keeps has a bound.
public struct PaperLedger {
    public private(set) var seen: UInt64 = 0
    public private(set) var refusedByVenue: UInt64 = 0
    public private(set) var intents: UInt64 = 0
    /// What our own endings brought: cash, and gas in cash at the prices of then.
    public private(set) var cash = Cash.zero
    public private(set) var gasValue = Cash.zero
    public private(set) var gasPaid: Wei = 0
    /// By account, the ones with most money kept.
    private var rows: [PaperRow] = []
    private var rowsDropped: UInt64 = 0
    public private(set) var points: [PaperPoint] = []
    /// From what we acted on, at the venue, to our order's arrival there, and to the block it was executed in; microseconds.
    public private(set) var arrivals: [Int64] = []
    public private(set) var inclusions: [Int64] = []
    /// By `OpportunityClass.rawValue`: what our bids on them changed, gas deducted. Of those that did not end: `openNet`.
    public private(set) var nets = [Cash](repeating: .zero, count: OpportunityClass.allCases.count)
    private var open: [UInt32: Open] = [:]
    private var pointStride: UInt64 = 1
    private var pointCount: UInt64 = 0
    /// Whether the last point is there only because it is the last.
    private var isLastPassing = false
    /// By ordinal: when what an intent acts on happened.
    private var causes: [UInt64: Moment] = [:]

    public static let rowsMax = 1_000
    public static let pointsMax = 500
    public static let samplesMax = 100_000

    /// Of an account with an opportunity that has not ended: what our bids on it did.
    private struct Open {
        var bids: UInt64 = 0
        var cash = Cash.zero
        var gas = Cash.zero
        var first = Moment.start
    }

    public init() {}

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

    public var openNet: Cash { open.values.reduce(.zero) { $0 + $1.cash + $1.gas } }
    public var profit: Cash { cash + gasValue }

    /// Those with most money; of the same money those that came first.
    public var ranked: [PaperRow] {
        // By place: a row is large.
        let ranked = rows.indices.sorted { a, b in
            let (first, second) = (rows[a].closing.money.units.magnitude, rows[b].closing.money.units.magnitude)
            return first != second ? first > second : a < b
        }
        return ranked.prefix(Self.rowsMax).map { rows[$0] }
    }

    public var droppedAtEnd: UInt64 { rowsDropped + UInt64(max(0, rows.count - Self.rowsMax)) }

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
public struct PaperRow: Equatable, Sendable {
    public var closing: OpportunityClosing
    public var closedAt: Moment
    public var firstBidAt: Moment?
    public var bids: UInt64
    public var cash: Cash
    public var gas: Cash
}

/// Where we stood after an ending.
public struct PaperPoint: Equatable, Sendable {
    public var at: Moment
    public var cash: Cash
    public var gas: Cash
    public var gasPaid: Wei

    public var profit: Cash { cash + gas }
}
