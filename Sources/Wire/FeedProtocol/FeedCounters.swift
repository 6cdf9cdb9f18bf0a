/// How often each reason of a closed set occurred.
public struct Tally<Reason: CaseIterable & RawRepresentable<UInt8> & Sendable>: Sendable {
    private var counts = ContiguousArray<UInt64>(repeating: 0, count: Reason.allCases.count)

    public init() {}

    public subscript(reason: Reason) -> UInt64 { counts[Int(reason.rawValue)] }

    public var total: UInt64 { counts.reduce(0, +) }

    mutating func count(_ reason: Reason) { counts[Int(reason.rawValue)] += 1 }
}

/// The exact account of what was received: every message is in one of five classes, and `isBalanced` says so.
public struct FeedCounters: Sendable {
    public internal(set) var received: UInt64 = 0
    public internal(set) var applied: UInt64 = 0
    public internal(set) var duplicate: UInt64 = 0
    public internal(set) var replayedEpoch: UInt64 = 0
    public internal(set) var heartbeat: UInt64 = 0
    public internal(set) var faults = Tally<FeedFault>()

    /// Messages that were sent within an epoch and never applied.
    public internal(set) var missing: UInt64 = 0
    public internal(set) var epochChanges: UInt64 = 0
    public internal(set) var breaks: UInt64 = 0
    public internal(set) var records: UInt64 = 0
    public internal(set) var recordFaults = Tally<RecordFault>()
    public internal(set) var quarantines: UInt64 = 0

    public init() {}

    public var faulty: UInt64 { faults.total }
    public var isBalanced: Bool { received == applied + duplicate + replayedEpoch + heartbeat + faulty }
}
