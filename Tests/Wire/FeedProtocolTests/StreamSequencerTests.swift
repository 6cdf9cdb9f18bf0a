import FeedProtocol
import Testing

private typealias Arrival = StreamSequencer.Arrival

@Suite struct StreamSequencerTests {
    /// A row of the sequencing table: what arrives at a whole stream in epoch 5 with last sequence 10.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arrival: StreamSequencer.Arrival
        let outcome: StreamSequencer.Outcome
        let state: StreamSequencer.State
        let missing: UInt64
        let last: UInt64
    }

    static let rows = [
        Row(
            testDescription: "lower epoch", arrival: Arrival(epoch: 4, sequence: 11), outcome: .replayedEpoch,
            state: .whole, missing: 0, last: 10),
        Row(
            testDescription: "heartbeat of a lower epoch", arrival: Arrival(epoch: 4, sequence: 11, isHeartbeat: true),
            outcome: .replayedEpoch, state: .whole, missing: 0, last: 10),
        Row(
            testDescription: "same sequence", arrival: Arrival(epoch: 5, sequence: 10), outcome: .duplicate,
            state: .whole, missing: 0, last: 10),
        Row(
            testDescription: "earlier sequence", arrival: Arrival(epoch: 5, sequence: 1), outcome: .duplicate,
            state: .whole, missing: 0, last: 10),
        Row(
            testDescription: "next", arrival: Arrival(epoch: 5, sequence: 11), outcome: .applied, state: .whole,
            missing: 0, last: 11),
        Row(
            testDescription: "hole of one", arrival: Arrival(epoch: 5, sequence: 12), outcome: .applied, state: .broken,
            missing: 1, last: 12),
        Row(
            testDescription: "largest hole", arrival: Arrival(epoch: 5, sequence: .max), outcome: .applied,
            state: .broken, missing: .max - 11, last: .max),
        Row(
            testDescription: "heartbeat behind", arrival: Arrival(epoch: 5, sequence: 9, isHeartbeat: true),
            outcome: .heartbeat, state: .whole, missing: 0, last: 10),
        Row(
            testDescription: "heartbeat level", arrival: Arrival(epoch: 5, sequence: 10, isHeartbeat: true),
            outcome: .heartbeat, state: .whole, missing: 0, last: 10),
        Row(
            testDescription: "heartbeat ahead", arrival: Arrival(epoch: 5, sequence: 11, isHeartbeat: true),
            outcome: .heartbeat, state: .broken, missing: 1, last: 11),
        Row(
            testDescription: "new epoch", arrival: Arrival(epoch: 6, sequence: 1), outcome: .applied, state: .broken,
            missing: 0, last: 1),
        Row(
            testDescription: "new epoch, late", arrival: Arrival(epoch: 6, sequence: 4), outcome: .applied,
            state: .broken, missing: 3, last: 4),
        Row(
            testDescription: "new epoch, nothing sent", arrival: Arrival(epoch: 6, sequence: 0, isHeartbeat: true),
            outcome: .heartbeat, state: .broken, missing: 0, last: 0),
        Row(
            testDescription: "new epoch, heartbeat late", arrival: Arrival(epoch: 6, sequence: 4, isHeartbeat: true),
            outcome: .heartbeat, state: .broken, missing: 4, last: 4),
        Row(
            testDescription: "hole and snapshot", arrival: Arrival(epoch: 5, sequence: 20, mark: .only),
            outcome: .applied, state: .whole, missing: 9, last: 20),
        Row(
            testDescription: "new epoch with its snapshot", arrival: Arrival(epoch: 6, sequence: 1, mark: .only),
            outcome: .applied, state: .whole, missing: 0, last: 1),
    ]

    private func wholeAtTen() -> StreamSequencer {
        var stream = StreamSequencer()
        _ = stream.receive(Arrival(epoch: 5, sequence: 10, mark: .only))
        _ = stream.finish(.only)
        return stream
    }

    @Test(arguments: rows)
    func `the table of arrivals holds`(row: Row) {
        var stream = wholeAtTen()
        let step = stream.receive(row.arrival)
        if step.outcome == .applied { _ = stream.finish(row.arrival.mark) }
        #expect(step.outcome == row.outcome)
        #expect(step.missing == row.missing)
        #expect(stream.state == row.state)
        #expect(stream.last == row.last)
    }

    @Test func `a stream that was joined late misses nothing of before`() {
        var stream = StreamSequencer()
        let step = stream.receive(Arrival(epoch: 9, sequence: 1_000))
        #expect(step.missing == 0)
        #expect(step.breaks)
        #expect(stream.state == .broken)
    }

    @Test func `a record lost in a snapshot keeps the stream broken until the next one`() {
        var stream = StreamSequencer()
        _ = stream.receive(Arrival(epoch: 1, sequence: 1, mark: .begin))
        let wasWhole = stream.taint()
        #expect(!wasWhole)
        _ = stream.receive(Arrival(epoch: 1, sequence: 2, mark: .end))
        let unclosed = stream.finish(.end)
        #expect(!unclosed.endsSnapshot && !unclosed.becomesWhole)
        #expect(stream.state == .broken)
        _ = stream.receive(Arrival(epoch: 1, sequence: 3, mark: .only))
        let closed = stream.finish(.only)
        #expect(closed.endsSnapshot && closed.becomesWhole)
    }

    @Test func `a record lost in a whole stream breaks it`() {
        var stream = wholeAtTen()
        let wasWhole = stream.taint()
        let wasWholeAgain = stream.taint()
        #expect(wasWhole && !wasWholeAgain)
        #expect(stream.state == .broken)
    }

    /// Every sequence of five arrivals from an alphabet of 15, against a definition that looks at the whole history.
    @Test func `the next message without a mark is what any such message is, after every short history`() {
        let marks: [StreamSequencer.SnapshotMark?] = [nil, .begin, .part, .end, .only]
        for history in 0..<625 {
            var (passed, rest) = (StreamSequencer(), history)
            let isBegun = passed.receiveNext()
            #expect(!isBegun)
            for sequence in [1, 2, 3, 5] as [UInt64] {
                let arrival = StreamSequencer.Arrival(epoch: 1, sequence: sequence, mark: marks[rest % 5])
                _ = passed.receive(arrival)
                _ = passed.finish(arrival.mark)
                rest /= 5
            }
            var received = passed
            let step = received.receive(StreamSequencer.Arrival(epoch: 1, sequence: 6))
            let isNext = passed.receiveNext()
            #expect(isNext && passed == received && step.outcome == .applied && !step.breaks && step.missing == 0)
        }
    }

    @Test func `whole means a complete run and nothing lost since, for every short history`() {
        var alphabet: [Arrival] = []
        for jump in [1, 2] as [UInt64] {
            for mark in [nil, .begin, .part, .end, .only] as [StreamSequencer.SnapshotMark?] {
                alphabet.append(Arrival(epoch: 0, sequence: jump, mark: mark))
            }
        }
        alphabet += [
            Arrival(epoch: 0, sequence: 0), Arrival(epoch: 0, sequence: 0, isHeartbeat: true),
            Arrival(epoch: 0, sequence: 1, isHeartbeat: true), Arrival(epoch: 1, sequence: 1),
            Arrival(epoch: 1, sequence: 1, mark: .only),
        ]
        var history = HistoryModel()
        var checked = 0
        explore(StreamSequencer(), &history, alphabet, depth: 5, &checked)
        #expect(checked == 15 + 225 + 3_375 + 50_625 + 759_375)
    }

    /// Steps in the alphabet are relative: to the model's epoch and last sequence.
    private func explore(
        _ stream: StreamSequencer, _ history: inout HistoryModel, _ alphabet: [Arrival], depth: Int,
        _ checked: inout Int
    ) {
        guard depth > 0 else { return }
        for relative in alphabet {
            var stream = stream
            let arrival = history.absolute(relative)
            if stream.receive(arrival).outcome == .applied { _ = stream.finish(arrival.mark) }
            let added = history.add(arrival)
            checked += 1
            if (stream.state == .whole) != history.isWhole { Issue.record("\(history.events), then \(arrival)") }
            explore(stream, &history, alphabet, depth: depth - 1, &checked)
            history.remove(added)
        }
    }
}

/// The definition of whole, as text: the last event that opened, continued, closed or lost anything decides.
private struct HistoryModel {
    enum Event: Equatable { case lost, plain, begin, part, end, only }
    struct Undo { var epoch: UInt64, last: UInt64, count: Int }

    var events: [Event] = []
    var epoch: UInt64 = 1
    var last: UInt64 = 3

    func absolute(_ relative: Arrival) -> Arrival {
        var arrival = relative
        arrival.sequence = relative.epoch > 0 ? relative.sequence : last + relative.sequence
        arrival.epoch = epoch + relative.epoch
        return arrival
    }

    mutating func add(_ arrival: Arrival) -> Undo {
        let undo = Undo(epoch: epoch, last: last, count: events.count)
        let isNews = events.isEmpty || arrival.epoch > epoch || arrival.sequence > last
        if events.isEmpty || arrival.epoch > epoch { events.append(.lost) }
        guard isNews else { return undo }
        if arrival.epoch == epoch && arrival.sequence > last + (arrival.isHeartbeat ? 0 : 1) { events.append(.lost) }
        (epoch, last) = (arrival.epoch, arrival.sequence)
        guard !arrival.isHeartbeat else { return undo }
        switch arrival.mark {
        case .begin: events.append(.begin)
        case .part: events.append(.part)
        case .end: events.append(.end)
        case .only: events.append(.only)
        case nil: events.append(.plain)
        }
        return undo
    }

    mutating func remove(_ undo: Undo) {
        (epoch, last) = (undo.epoch, undo.last)
        events.removeLast(events.count - undo.count)
    }

    /// Some run `begin part* end`, or `only`, stands after the last loss.
    var isWhole: Bool {
        let since = events.lastIndex(of: .lost).map { events[($0 + 1)...] } ?? events[...]
        if since.contains(.only) { return true }
        for end in since.indices where since[end] == .end {
            let parts = since[..<end].reversed().drop { $0 == .part }
            if parts.first == .begin { return true }
        }
        return false
    }
}
