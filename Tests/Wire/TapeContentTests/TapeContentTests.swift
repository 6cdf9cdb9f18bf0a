import Domain
import MCAP
import TapeContent
import Testing
import Units

@Suite struct TapeContentTests {
    /// The examples of FIPS 180-4, and lengths around the block.
    @Test func `digests are those of the standard`() {
        #expect(SHA256.hex(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hex(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let long = Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
        #expect(SHA256.hex(of: long) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(SHA256.hex(of: million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(arguments: [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1_000])
    func `a digest in pieces is that of the whole`(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let whole = SHA256.hex(of: bytes)
        for step in [1, 7, 64, 100] {
            var digest = SHA256()
            for start in stride(from: 0, to: length, by: step) {
                digest.update(bytes.span.bytes.extracting(start..<min(length, start + step)))
            }
            #expect(digest.hex == whole, "pieces of \(step)")
        }
    }

    @Test func `frames come back byte for byte, readable topics or not`() throws {
        let frames: [(topic: [UInt8], body: [UInt8])] = [
            (Array("venue.market".utf8), Array(#"{"a":1}"#.utf8)), (Array("venue.chain".utf8), []),
            ([], [1, 2, 3]), ([0, 255], [0]), ([UInt8](repeating: 65, count: 33), Array("long".utf8)),
            (Array("venue.market".utf8), [0xFF, 0xFE]),
        ]
        var tape = TapeWriter(RunManifest())
        for (i, frame) in frames.enumerated() {
            tape.write(
                topic: frame.topic.span.bytes, body: frame.body.span.bytes,
                receivedAt: Moment(nanoseconds: Int64(i + 1)),
                publishedAt: Moment(nanoseconds: Int64(i)), sequence: UInt64(i))
        }
        tape.container.finish()
        let file = try MCAPFile(MemorySource(tape.container.output))
        var messages = MCAPMessages(file)
        var read: [[[UInt8]]] = []
        var times: [UInt64] = []
        try messages.forEach { message, data in
            let isFrame = TapeMessage(file.channel(of: message)).withFrame(data) { topic, body in
                read.append([topic.withUnsafeBytes { Array($0) }, body.withUnsafeBytes { Array($0) }])
            }
            #expect(isFrame)
            times.append(message.logTime - message.publishTime)
        }
        #expect(read == frames.map { [$0.topic, $0.body] })
        #expect(times == [1, 1, 1, 1, 1, 1])
        let topics = Set(file.definitions.channels.values.map(\.topic))
        #expect(topics == ["feed/venue.market", "feed/venue.chain", "feed-other"])
    }

    @Test func `a sixty-fifth topic is kept with the others`() throws {
        var tape = TapeWriter(RunManifest())
        for i in 0..<70 {
            let topic = Array("p.s\(i)".utf8)
            tape.write(topic: topic.span.bytes, body: topic.span.bytes, receivedAt: Moment(nanoseconds: 1), sequence: 1)
        }
        tape.container.finish()
        let file = try MCAPFile(MemorySource(tape.container.output))
        #expect(file.definitions.channels.count == 65 && file.statistics.messages == 70)
    }

    @Test func `a manifest comes back`() throws {
        var manifest = RunManifest()
        manifest.origin = .imported
        manifest.title = "a day"
        manifest.startedAt = Moment(nanoseconds: 77)
        (manifest.binary, manifest.configuration, manifest.parameters) = ("aa", "bb", "cc")
        manifest.sources = ["dd", "ee"]
        manifest.seed = .max
        manifest.part = 3
        manifest.silenceMax = .milliseconds(5)
        manifest.mode = "live"
        var tape = TapeWriter(manifest)
        tape.container.finish()
        #expect(RunManifest(try MCAPFile(MemorySource(tape.container.output))) == manifest)
    }

    @Test func `entries are these bytes`() throws {
        let at = Moment(nanoseconds: 5)
        #expect(
            text(GapEntry(at: at, cause: .sequence, stream: "a.b", missing: 3))
                == #"{"at_ns":5,"cause":"sequence","stream":"a.b","missing":3}"#)
        #expect(
            text(RefusalEntry(at: at, market: "m", account: "a\"\\\n", reason: .belowMinimumProfit))
                == #"{"at_ns":5,"market":"m","account":"a\"\\\u000a","reason":"belowMinimumProfit"}"#)
        let outcome = IntentOutcome(
            ordinal: 1, ending: .settled, repaid: 2, seized: 3, cash: .cost(4), gasPaid: 5, block: BlockNumber(6))
        #expect(
            text(OutcomeEntry(at: at, outcome))
                == #"{"at_ns":5,"ordinal":1,"ending":"settled","repaid":"2","seized":"3","cash":"-4","gas_paid":"5","block":6}"#
        )
        #expect(
            text(DecisionEntry(at: at, market: "m", account: "x", .crossed))
                == #"{"kind":"crossed","at_ns":5,"market":"m","account":"x"}"#)
        #expect(
            text(ConfigurationEntry(at: at, file: "f", text: "t")).hasSuffix(#","text":"t"}"#))
    }

    @Test func `what was sent and answered is these bytes, and no body is among them`() {
        let request = RequestEntry(
            at: Moment(nanoseconds: 5), intent: "aa", ordinal: 7, method: "POST", host: "h:1", path: "/p",
            body: Array("abc".utf8))
        #expect(
            text(request)
                == #"{"at_ns":5,"intent":"aa","ordinal":7,"method":"POST","host":"h:1","path":"/p","body_bytes":3,"#
                + #""body_sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}"#)
        let response = ResponseEntry(
            at: Moment(nanoseconds: 6), intent: "aa", ordinal: nil, method: "GET", status: 202, meaning: "accepted",
            took: Interval(nanoseconds: 3), bodyBytes: 9)
        #expect(
            text(response)
                == #"{"at_ns":6,"intent":"aa","method":"GET","status":202,"meaning":"accepted","took_ns":3,"body_bytes":9}"#
        )
    }

    @Test func `an outcome has its gas where somebody said it`() {
        let outcome = IntentOutcome(
            ordinal: 1, ending: .reverted, repaid: 0, seized: 0, cash: .zero, gasPaid: 5, block: BlockNumber(6),
            gasUsed: GasUnits(8))
        #expect(text(OutcomeEntry(at: .start, outcome)).hasSuffix(#","block":6,"gas_used":8}"#))
    }

    struct InputCase: Sendable, CustomTestStringConvertible {
        var told: InputEntry.Told
        var fields: String
        var testDescription: String { fields }
    }

    static let inputs = [
        InputCase(told: .armed(true), fields: #""kind":"armed","at_ns":5,"is_armed":1"#),
        InputCase(told: .command(.halt), fields: #""kind":"command","at_ns":5,"command":"halt""#),
        InputCase(
            told: .stream("p.s", .broken), fields: #""kind":"stream","at_ns":5,"stream":"p.s","condition":"broken""#),
        InputCase(
            told: .advice(Advice(id: 3, .bid(repay: 4, priorityFee: GasPrice(weiPerGas: 6)))),
            fields: #""kind":"advice","at_ns":5,"question":3,"verdict":"bid","repay":"4","priority_fee":6"#),
        InputCase(
            told: .advice(Advice(id: 3, .noBid)), fields: #""kind":"advice","at_ns":5,"question":3,"verdict":"no_bid""#),
        InputCase(
            told: .gasUsed(market: "m", .revert, GasUnits(9)),
            fields: #""kind":"gas_used","at_ns":5,"market":"m","action":"revert","gas":9"#),
        InputCase(
            told: .past(PastOutcome(ending: .outbid, profit: .cost(1), gasPaid: 2, at: Moment(nanoseconds: 3))),
            fields: #""kind":"past","at_ns":5,"ending":"outbid","profit":"-1","gas_paid":"2","ended_ns":3"#),
        InputCase(told: .restored(.halted), fields: #""kind":"restored","at_ns":5,"state":"halted""#),
    ]

    @Test(arguments: inputs) func `what the engine was told is these bytes`(input: InputCase) {
        #expect(text(InputEntry(at: Moment(nanoseconds: 5), input.told)) == "{\(input.fields)}")
    }

    private func text(_ entry: some TapeEntry) -> String {
        var line = JSONLine()
        line.begin()
        entry.write(to: &line)
        line.end()
        return String(decoding: line.bytes, as: UTF8.self)
    }

    @Test(arguments: TapeKind.allCases)
    func `every kind has its channel and comes back from it`(kind: TapeKind) {
        #expect(TapeKind(topic: kind.topic) == kind)
        #expect(kind.schema.hasPrefix(#"{"type":"object","required":[""#))
    }
}
