import BiddingModel
import Foundation
import Glibc
import Testing
import Units

/// Real processes: small Python models that behave in every way a model may. `hello` is what all begin with.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ModelSessionTests {
    private static let prologue = """
        import sys, json, time
        def say(text):
            sys.stdout.write(text + "\\n"); sys.stdout.flush()
        def hello(): say('{"type":"hello","protocol":1,"name":"m"}')
        def requests():
            for line in sys.stdin:
                m = json.loads(line)
                if m["type"] == "request": yield m["id"]
        def bid(i): return '{"type":"bid","id":%d,"repay":"1"}' % i

        """

    private static func session(
        _ python: String, _ change: (inout ModelSettings) -> Void = { _ in }
    ) throws -> ModelSession {
        var settings = ModelSettings(command: ["python3", "-c", prologue + python], mode: "paper")
        change(&settings)
        return try ModelSession(settings)
    }

    private static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Turns until the condition holds; at most so many seconds.
    private static func turn(
        _ session: inout ModelSession, seconds: Int64 = 60, until isDone: (borrowing ModelSession, [ModelReply]) -> Bool
    ) -> [ModelReply] {
        var replies: [ModelReply] = []
        let end = now + .seconds(seconds)
        while now < end {
            replies += session.turn(at: now)
            if isDone(session, replies) { break }
            session.wait(alsoFor: nil, milliseconds: 5)
        }
        return replies
    }

    private static func ready(_ session: inout ModelSession) {
        _ = turn(&session) { session, _ in session.isReadyForQuestions }
    }

    private static func answers(
        _ python: String, asking count: UInt64, _ change: (inout ModelSettings) -> Void = { _ in }
    ) throws -> ([ModelReply], ModelCounters) {
        var session = try session(python, change)
        ready(&session)
        for id in 0..<count { session.ask(Questions.sample(id: id), at: now) }
        let replies = turn(&session) { _, replies in replies.count == Int(count) }
        return (replies, session.counters)
    }

    private let bid = ModelAnswer.bid(repay: 1, priorityFee: nil, reason: "")

    @Test func `bytes one at a time are an answer`() throws {
        let (replies, _) = try Self.answers(
            """
            hello()
            for i in requests():
                for c in bid(i) + "\\n":
                    sys.stdout.write(c); sys.stdout.flush(); time.sleep(0.0005)
            """, asking: 2)
        #expect(replies == [ModelReply(id: 0, answer: bid), ModelReply(id: 1, answer: bid)])
    }

    @Test func `two answers in one write are two answers`() throws {
        let (replies, _) = try Self.answers(
            """
            hello()
            held = []
            for i in requests():
                held.append(bid(i))
                if len(held) == 2: say(held[0] + "\\n" + held[1])
            """, asking: 2)
        #expect(replies.map(\.answer) == [bid, bid])
    }

    @Test func `an answer to an old or unknown request is counted and changes nothing`() throws {
        let (replies, counters) = try Self.answers(
            """
            hello()
            for i in requests(): say(bid(i + 900)); say(bid(i)); say(bid(i))
            """, asking: 1)
        #expect(replies == [ModelReply(id: 0, answer: bid)])
        #expect((counters.faults[.unknownRequest] ?? 0) >= 1)
    }

    @Test func `garbage and a line of ten megabytes do not keep a good answer away`() throws {
        let (replies, counters) = try Self.answers(
            """
            hello()
            for i in requests():
                say("\\x00\\x01 garbage"); say("x" * 10_000_000); say("[]"); say(bid(i))
            """, asking: 1
        ) { _ in }
        #expect(replies == [ModelReply(id: 0, answer: bid)])
        #expect(
            counters.faults[.lineTooLong] == 1 && counters.faults[.notJSON] == 1 && counters.faults[.notAnObject] == 1)
    }

    @Test func `a model that sleeps is late, and what it says afterwards is no answer`() throws {
        var session = try Self.session(
            """
            hello()
            for i in requests(): time.sleep(0.5); say(bid(i))
            """)
        Self.ready(&session)
        session.ask(Questions.sample(id: 1, within: .milliseconds(50)), at: Self.now)
        let replies = Self.turn(&session) { session, _ in session.counters.faults[.unknownRequest] == 1 }
        #expect(replies == [ModelReply(id: 1, answer: .none(.late))])
    }

    @Test func `a model that dies is started again, and its open question ends`() throws {
        var session = try Self.session(
            """
            hello()
            for i in requests():
                if i == 0: sys.exit(3)
                say(bid(i))
            """)
        Self.ready(&session)
        session.ask(Questions.sample(id: 0), at: Self.now)
        var replies = Self.turn(&session) { _, replies in replies.count == 1 }
        #expect(replies == [ModelReply(id: 0, answer: .none(.dead))])
        session.ask(Questions.sample(id: 5), at: Self.now)
        replies = Self.turn(&session) { session, _ in session.isReadyForQuestions }
        #expect(replies == [ModelReply(id: 5, answer: .none(.dead))])
        session.ask(Questions.sample(id: 6), at: Self.now)
        replies = Self.turn(&session) { _, replies in replies.count == 1 }
        #expect(replies == [ModelReply(id: 6, answer: bid)] && session.counters.starts == 2)
    }

    @Test func `a model that floods is started again, and nothing grows`() throws {
        var session = try Self.session(
            """
            hello()
            while True: say('{"type":"flood"}')
            """)
        _ = Self.turn(&session) { session, _ in session.counters.starts >= 3 }
        #expect(session.counters.starts >= 3 && (session.counters.faults[.unknownType] ?? 0) >= 1_000)
    }

    @Test func `a program that is not there is tried again with longer and longer pauses`() throws {
        var settings = ModelSettings(command: ["/nowhere/model"], mode: "paper")
        settings.pause = .milliseconds(100)
        var session = try ModelSession(settings)
        var moment = Moment(nanoseconds: 1_000_000_000)
        var starts: [UInt64] = []
        for _ in 0..<7 {
            _ = session.turn(at: moment)
            starts.append(session.counters.starts)
            moment = moment + .milliseconds(100)
        }
        // At 0, 100 and 300 ms; next at 700.
        #expect(starts == [1, 2, 2, 3, 3, 3, 3])
        session.ask(Questions.sample(id: 1), at: moment)
        #expect(session.turn(at: moment) == [ModelReply(id: 1, answer: .none(.dead))])
    }

    @Test func `a model of another protocol is not listened to`() throws {
        var session = try Self.session(#"say('{"type":"hello","protocol":9}'); time.sleep(9)"#)
        _ = Self.turn(&session) { session, _ in session.counters.faults[.wrongProtocol] != nil }
        #expect(!session.isReadyForQuestions && session.counters.faults[.wrongProtocol] == 1)
    }

    @Test func `a model that does not read is overloaded, not waited for`() throws {
        var session = try Self.session("hello(); time.sleep(30)") { $0.backlogBytesMax = 10_000 }
        Self.ready(&session)
        for id in 0..<2_000 as Range<UInt64> {
            session.ask(Questions.sample(id: id, within: .milliseconds(200)), at: Self.now)
        }
        let replies = Self.turn(&session) { _, replies in replies.count == 2_000 }
        #expect(replies.count == 2_000 && Set(replies.map(\.id)).count == 2_000)
        #expect((session.counters.absences[.overloaded] ?? 0) > 1_000)
    }

    @Test func `a bid that is withdrawn before it is used is none`() throws {
        let (replies, _) = try Self.answers(
            """
            hello()
            for i in requests(): say('{"type":"withdraw","id":%d}' % i)
            """, asking: 1)
        #expect(replies == [ModelReply(id: 0, answer: .none(.withdrawn))])
    }

    @Test func `its process ends with the session`() throws {
        var identifier: Int32 = 0
        do {
            var session = try Self.session("hello(); time.sleep(60)")
            Self.ready(&session)
            identifier = session.processIdentifier ?? 0
            #expect(identifier > 0 && kill(identifier, 0) == 0)
        }
        #expect(kill(identifier, 0) == -1 && errno == ESRCH)
    }

    @Test func `every line of both sides is in the transcript`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "transcript-\(getpid()).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let (replies, _) = try Self.answers(
            """
            hello()
            for i in requests(): say(bid(i))
            """, asking: 2
        ) { $0.transcript = file.path }
        #expect(replies.count == 2)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let sides = try lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?["from"] as? String)
        }
        #expect(sides.filter { $0 == "bailiff" }.count == 3 && sides.filter { $0 == "model" }.count == 3)
    }
}
