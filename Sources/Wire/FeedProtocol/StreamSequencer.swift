/// Decides for one stream what an arriving message is, and whether the stream can be trusted.
///
/// | arriving | becomes | stream |
/// |---|---|---|
/// | epoch below ours | `replayedEpoch`, dropped | as it was |
/// | epoch above ours | as if first; what it skipped of its epoch is missing | broken |
/// | heartbeat at or behind our last | `heartbeat` | as it was |
/// | heartbeat ahead of our last | `heartbeat`, the difference is missing | broken |
/// | sequence at or behind our last | `duplicate`, dropped | as it was |
/// | next sequence | `applied` | as it was |
/// | later sequence | `applied`, the hole is missing | broken |
///
/// A broken stream becomes whole only with the end of a contiguous snapshot run: begin, parts and end (or only), with
/// nothing in between and nothing dropped. An unmarked message in the middle of a run ends the run, because a later part
/// could then carry an older price than the message did.
///
/// Two steps for each message: `receive` before its records, `finish` after them.
public struct StreamSequencer: Equatable, Sendable {
    public enum State: UInt8, CaseIterable, Sendable { case unknown, broken, whole }
    public enum SnapshotMark: UInt8, CaseIterable, Sendable { case begin, part, end, only }
    public enum Outcome: UInt8, CaseIterable, Sendable { case applied, duplicate, replayedEpoch, heartbeat }

    /// What a message's envelope says about its place.
    public struct Arrival: Equatable, Sendable {
        public var epoch: UInt64
        public var sequence: UInt64
        public var isHeartbeat: Bool
        public var mark: SnapshotMark?

        public init(epoch: UInt64, sequence: UInt64, isHeartbeat: Bool = false, mark: SnapshotMark? = nil) {
            self.epoch = epoch
            self.sequence = sequence
            self.isHeartbeat = isHeartbeat
            self.mark = mark
        }
    }

    public struct Step: Equatable, Sendable {
        public var outcome: Outcome
        public var missing: UInt64 = 0
        public var changesEpoch = false
        /// The stream was whole or unknown until now.
        public var breaks = false
        public var beginsSnapshot = false
    }

    public struct Finish: Equatable, Sendable {
        public var endsSnapshot = false
        public var becomesWhole = false
    }

    public private(set) var state: State = .unknown
    public private(set) var epoch: UInt64 = 0
    public private(set) var last: UInt64 = 0
    private var isRunOpen = false

    public init() {}

    public mutating func receive(_ arrival: Arrival) -> Step {
        if state != .unknown && arrival.epoch < epoch { return Step(outcome: .replayedEpoch) }
        var step = Step(outcome: arrival.isHeartbeat ? .heartbeat : .applied)
        if state == .unknown {
            // What was sent before we joined is not ours to miss.
            epoch = arrival.epoch
            last = arrival.sequence
            breakStream(&step)
        } else if arrival.epoch > epoch {
            epoch = arrival.epoch
            last = 0
            step.changesEpoch = true
            breakStream(&step)
            advance(to: arrival, &step)
        } else if arrival.sequence <= last {
            if !arrival.isHeartbeat { step.outcome = .duplicate }
            return step
        } else {
            advance(to: arrival, &step)
        }
        if step.outcome == .applied { step.beginsSnapshot = follow(arrival.mark) }
        return step
    }

    /// The next message, or the next few, without a mark. Returns whether it was applied and left the stream as trusted as it was.
    public mutating func receiveNext(_ count: Int = 1) -> Bool {
        guard state != .unknown, last <= .max - UInt64(count) else { return false }
        last += UInt64(count)
        isRunOpen = false
        return true
    }

    /// After the records of an applied message.
    public mutating func finish(_ mark: SnapshotMark?) -> Finish {
        guard isRunOpen, mark == .end || mark == .only else { return Finish() }
        isRunOpen = false
        defer { state = .whole }
        return Finish(endsSnapshot: true, becomesWhole: state != .whole)
    }

    /// A record was lost inside a message.
    ///
    /// Returns whether the stream was whole until now.
    public mutating func taint() -> Bool {
        precondition(state != .unknown, "Condition: only a received message can lose a record")
        isRunOpen = false
        defer { state = .broken }
        return state == .whole
    }

    private mutating func advance(to arrival: Arrival, _ step: inout Step) {
        guard arrival.sequence > last else { return }
        let passed = arrival.sequence - last
        step.missing = arrival.isHeartbeat ? passed : passed - 1
        last = arrival.sequence
        if step.missing > 0 { breakStream(&step) }
    }

    private mutating func breakStream(_ step: inout Step) {
        step.breaks = step.breaks || state != .broken
        state = .broken
        isRunOpen = false
    }

    /// Returns whether a snapshot run begins here.
    private mutating func follow(_ mark: SnapshotMark?) -> Bool {
        switch mark {
        case .begin, .only:
            isRunOpen = true
            return true
        case .part, .end: return false
        case nil:
            isRunOpen = false
            return false
        }
    }
}
