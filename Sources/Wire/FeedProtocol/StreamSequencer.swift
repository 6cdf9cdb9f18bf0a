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
package struct StreamSequencer: Equatable, Sendable {
    package enum State: UInt8, CaseIterable, Sendable { case unknown, broken, whole }
    package enum SnapshotMark: UInt8, CaseIterable, Sendable { case begin, part, end, only }
    package enum Outcome: UInt8, CaseIterable, Sendable { case applied, duplicate, replayedEpoch, heartbeat }

    /// What a message's envelope says about its place.
    package struct Arrival: Equatable, Sendable {
        package var epoch: UInt64
        package var sequence: UInt64
        package var isHeartbeat: Bool
        package var mark: SnapshotMark?

        package init(epoch: UInt64, sequence: UInt64, isHeartbeat: Bool = false, mark: SnapshotMark? = nil) {
            self.epoch = epoch
            self.sequence = sequence
            self.isHeartbeat = isHeartbeat
            self.mark = mark
        }
    }

    package struct Step: Equatable, Sendable {
        package var outcome: Outcome
        package var missing: UInt64 = 0
        package var changesEpoch = false
        /// The stream was whole or unknown until now.
        package var breaks = false
        package var beginsSnapshot = false
    }

    package struct Finish: Equatable, Sendable {
        package var endsSnapshot = false
        package var becomesWhole = false
    }

    package private(set) var state: State = .unknown
    package private(set) var epoch: UInt64 = 0
    package private(set) var last: UInt64 = 0
    private var isRunOpen = false

    package init() {}

    package mutating func receive(_ arrival: Arrival) -> Step {
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
    package mutating func receiveNext(_ count: Int = 1) -> Bool {
        guard state != .unknown, last <= .max - UInt64(count) else { return false }
        last += UInt64(count)
        isRunOpen = false
        return true
    }

    /// After the records of an applied message.
    package mutating func finish(_ mark: SnapshotMark?) -> Finish {
        guard isRunOpen, mark == .end || mark == .only else { return Finish() }
        isRunOpen = false
        defer { state = .whole }
        return Finish(endsSnapshot: true, becomesWhole: state != .whole)
    }

    /// A record was lost inside a message.
    ///
    /// Returns whether the stream was whole until now.
    package mutating func taint() -> Bool {
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
