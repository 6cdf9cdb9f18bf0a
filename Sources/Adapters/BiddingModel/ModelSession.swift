import Glibc
public import Units

/// A conversation with one long-lived model: starts it, asks, listens, and says for every question exactly once what came of it.
///
/// Every question ends: with an answer, or with the reason why there is none. A model that is late, dead, flooding or lying costs
/// at most the time that its question was given. One thread; time is handed in (monotonic), so a test can make it pass.
public struct ModelSession: ~Copyable {
    public private(set) var counters = ModelCounters()
    private let settings: ModelSettings
    private var process: ModelProcess?
    private var lines: LineBuffer
    private var backlog: [UInt8] = []
    private var open: [OpenQuestion] = []
    private var ended: [ModelReply] = []
    private var isReady = false
    private var helloBy = Moment.start
    private var nextStart = Moment.start
    private var pause: Interval
    private var faultsInARow = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private let transcript: Transcript?

    private struct OpenQuestion {
        var id: UInt64
        var deadline: Moment
    }

    public init(_ settings: ModelSettings) throws(TranscriptError) {
        self.settings = settings
        lines = LineBuffer(bytesMax: settings.lineBytesMax)
        pause = settings.pause
        transcript = if let path = settings.transcript { try Transcript(path) } else { nil }
        // Writing to a model that has ended is an error to look at, not a signal that ends us.
        signal(SIGPIPE, SIG_IGN)
    }

    public var isReadyForQuestions: Bool { isReady }
    public var openQuestions: Int { open.count }
    /// For a test that ends it from outside.
    public var processIdentifier: Int32? { process?.identifier }

    /// Asks; what comes of it is among the replies of this or a later turn.
    public mutating func ask(_ question: ModelQuestion, at now: Moment) {
        counters.asked += 1
        guard process != nil else { return end(question.id, .none(.dead)) }
        guard isReady else { return end(question.id, .none(.notReady)) }
        let bytes = ModelText.request(question)
        guard open.count < settings.questionsMax, backlog.count + bytes.count <= settings.backlogBytesMax else {
            return end(question.id, .none(.overloaded))
        }
        open.append(OpenQuestion(id: question.id, deadline: now + question.within))
        send(bytes, at: now)
    }

    /// Does whatever is due: starts, reads, writes, gives up. Returns what has come of questions since the last turn.
    public mutating func turn(at now: Moment) -> [ModelReply] {
        startIfDue(at: now)
        flush(at: now)
        listen(at: now)
        expire(at: now)
        defer { ended.removeAll(keepingCapacity: true) }
        return ended
    }

    /// Waits until the model says something, another descriptor is readable, or the time is up.
    public func wait(alsoFor other: Int32?, milliseconds: Int32) {
        var entries = [pollfd(fd: other ?? -1, events: Int16(POLLIN), revents: 0)]
        if let output = process?.output { entries.append(pollfd(fd: output, events: Int16(POLLIN), revents: 0)) }
        if !backlog.isEmpty, let input = process?.input {
            entries.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
        }
        _ = poll(&entries, nfds_t(entries.count), milliseconds)
    }

    /// When something is due at the latest.
    public var nextDeadline: Moment? {
        let start = process == nil ? nextStart : isReady ? nil : helloBy
        return (open.map(\.deadline) + [start].compactMap { $0 }).min()
    }

    // MARK: Starting and ending

    private mutating func startIfDue(at now: Moment) {
        guard process == nil, now >= nextStart else { return }
        counters.starts += 1
        nextStart = now + pause
        pause = min(Interval(nanoseconds: pause.nanoseconds * 2), settings.pauseMax)
        do {
            process = try ModelProcess(settings.command)
        } catch {
            transcript?.note("start failed: \(error)", at: now)
            return
        }
        lines = LineBuffer(bytesMax: settings.lineBytesMax)
        (isReady, faultsInARow, helloBy) = (false, 0, now + settings.helloWithin)
        send(ModelText.hello(mode: settings.mode), at: now)
    }

    /// Ends the process; it is started again after the pause.
    private mutating func restart(_ why: String, at now: Moment) {
        transcript?.note(why, at: now)
        process = nil
        isReady = false
        backlog.removeAll(keepingCapacity: true)
        nextStart = max(nextStart, now + settings.pause)
        let left = open
        open.removeAll(keepingCapacity: true)
        for question in left { end(question.id, .none(.dead)) }
    }

    private mutating func end(_ id: UInt64, _ answer: ModelAnswer) {
        switch answer {
        case .bid: counters.bids += 1
        case .noBid: counters.noBids += 1
        case .none(let absence): counters.absences[absence, default: 0] += 1
        }
        ended.append(ModelReply(id: id, answer: answer))
    }

    private mutating func expire(at now: Moment) {
        if process != nil, !isReady, now > helloBy { return restart("no hello in time", at: now) }
        let late = open.filter { $0.deadline <= now }
        open.removeAll { $0.deadline <= now }
        for question in late {
            end(question.id, .none(.late))
            let bytes = ModelText.cancel(question.id)
            if backlog.count + bytes.count <= settings.backlogBytesMax { send(bytes, at: now) }
        }
    }

    // MARK: Writing and reading

    private mutating func send(_ bytes: [UInt8], at now: Moment) {
        transcript?.record(bytes, fromModel: false, at: now)
        backlog += bytes
        flush(at: now)
    }

    private mutating func flush(at now: Moment) {
        while !backlog.isEmpty {
            guard let process, let count = process.write(backlog[...]) else {
                return restart("it does not read any more", at: now)
            }
            if count == 0 { return }
            backlog.removeFirst(count)
        }
    }

    /// A bounded number of reads a turn, so that a flood does not keep us from the deadlines.
    private mutating func listen(at now: Moment) {
        for _ in 0..<Self.readsPerTurn {
            guard let process else { return }
            guard let count = process.read(into: &buffer) else { return restart("it has ended", at: now) }
            if count == 0 { return }
            var pieces: [LineBuffer.Piece] = []
            lines.append(buffer[..<count], to: &pieces)
            for piece in pieces { hear(piece, at: now) }
        }
    }

    private static let readsPerTurn = 16

    private mutating func hear(_ piece: LineBuffer.Piece, at now: Moment) {
        guard process != nil else { return }
        switch piece {
        case .tooLong: fault(.lineTooLong, at: now)
        case .line(let bytes):
            transcript?.record(bytes + [UInt8(ascii: "\n")], fromModel: true, at: now)
            do {
                try understand(ModelLine(bytes))
            } catch {
                fault(error, at: now)
            }
        }
    }

    private mutating func understand(_ line: ModelLine) throws(ModelFault) {
        switch line {
        case .hello:
            guard !isReady else { throw .helloTwice }
            isReady = true
        case .answer(let id, let answer):
            try close(id)
            end(id, answer)
            pause = settings.pause
        case .withdraw(let id):
            try close(id)
            end(id, .none(.withdrawn))
        }
        faultsInARow = 0
    }

    private mutating func close(_ id: UInt64) throws(ModelFault) {
        guard let position = open.firstIndex(where: { $0.id == id }) else { throw .unknownRequest }
        open.remove(at: position)
    }

    private mutating func fault(_ fault: ModelFault, at now: Moment) {
        counters.faults[fault, default: 0] += 1
        faultsInARow += 1
        if fault == .wrongProtocol { return restart("another version of the protocol", at: now) }
        if faultsInARow >= settings.faultsMax { restart("too many faulty lines", at: now) }
    }
}

/// What came of one question.
public struct ModelReply: Equatable, Sendable {
    public var id: UInt64
    public var answer: ModelAnswer

    public init(id: UInt64, answer: ModelAnswer) {
        self.id = id
        self.answer = answer
    }
}
