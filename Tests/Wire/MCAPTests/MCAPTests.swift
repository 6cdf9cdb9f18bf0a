import MCAP
import Testing

@Suite struct MCAPTests {
    @Test(arguments: [("", 0), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43)] as [(String, UInt32)])
    func `checksums are those of zip`(text: String, crc: UInt32) {
        let bytes = Array(text.utf8)
        #expect(CRC32.of(bytes.span.bytes) == crc)
    }

    @Test func `a checksum in pieces is that of the whole`() {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for cut in 0..<40 {
            var crc = CRC32()
            crc.update(bytes.span.bytes.extracting(0..<cut))
            crc.update(bytes.span.bytes.extracting(cut..<1_000))
            let whole = CRC32.of(bytes.span.bytes)
            #expect(crc.value == whole)
        }
    }

    /// Laid out by hand from the specification's tables.
    @Test func `a file without messages has these bytes`() {
        var options = MCAPWriter.Options()
        options.profile = "p"
        options.library = "l"
        var writer = MCAPWriter(options)
        writer.finish()
        let magic: [UInt8] = [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A]
        var expected = magic + [1] + le(10, 8) + le(1, 4) + [0x70] + le(1, 4) + [0x6C]
        let crc = CRC32.of(expected.span.bytes)
        expected += [15] + le(4, 8) + le(UInt64(crc), 4)
        let summary = expected.count
        // Statistics: eight counts and an empty map.
        expected += [11] + le(46, 8) + [UInt8](repeating: 0, count: 46)
        let offsets = expected.count
        expected += [14] + le(17, 8) + [11] + le(UInt64(summary), 8) + le(UInt64(offsets - summary), 8)
        let tail = [2] + le(20, 8) + le(UInt64(summary), 8) + le(UInt64(offsets), 8)
        let checked = Array(expected[summary...]) + tail
        expected += tail + le(UInt64(CRC32.of(checked.span.bytes)), 4) + magic
        #expect(writer.output == expected)
    }

    private func le(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(value >> UInt64(8 * $0) & 255) }
    }

    @Test(arguments: [false, true], [false, true])
    func `what was written is read, by the summary and without it`(turns: Bool, ignoring: Bool) throws {
        let (bytes, told) = Sample.file(messages: 300, codec: turns ? TurningCodec() : nil)
        let file = try Sample.open(bytes, ignoringSummary: ignoring)
        #expect(file.ending == (ignoring ? .withoutIndex : .finished))
        #expect(try Sample.read(file) == told)
        #expect(file.statistics.messages == 300 && file.chunks.count > 10)
        #expect(file.metadata == [MCAPMetadata(name: "run", values: ["seed": "1", "mode": "test"])])
        #expect(file.definitions.channels[0]?.topic == "a" && file.definitions.channels[0]?.metadata == ["k": "v"])
        #expect(try file.data(of: #require(file.attachments.first)) == Array("hello".utf8))
        #expect(file.library == "bailiff")
    }

    @Test func `the summary and reading through agree on every count`() throws {
        let (bytes, _) = Sample.file(messages: 100, seed: 9)
        let (quick, slow) = (try Sample.open(bytes), try Sample.open(bytes, ignoringSummary: true))
        #expect(quick.statistics == slow.statistics)
        #expect(quick.definitions == slow.definitions && quick.attachments == slow.attachments)
    }

    @Test func `taking the output as it comes gives the same file`() {
        var options = MCAPWriter.Options()
        options.chunkBytesMax = 64
        var whole = MCAPWriter(options)
        var streamed = MCAPWriter(options)
        var pieces: [UInt8] = []
        let ids = (
            whole.addChannel(topic: "t", schema: 0, messageEncoding: ""),
            streamed.addChannel(topic: "t", schema: 0, messageEncoding: "")
        )
        #expect(ids.0 == ids.1)
        for i in 0..<50 {
            let message = MCAPMessage(channel: 0, sequence: UInt32(i), logTime: UInt64(i), publishTime: 0)
            let data = [UInt8](repeating: UInt8(i), count: i)
            whole.write(message, data.span.bytes)
            streamed.write(message, data.span.bytes)
            streamed.takeOutput { pieces += $0.withUnsafeBytes { Array($0) } }
        }
        whole.finish()
        streamed.finish()
        streamed.takeOutput { pieces += $0.withUnsafeBytes { Array($0) } }
        #expect(pieces == whole.output)
        #expect(streamed.position == UInt64(pieces.count))
    }

    @Test func `a file that was cut anywhere reads to its last whole chunk`() throws {
        let (bytes, told) = Sample.file(messages: 60, chunkBytes: 400)
        let whole = try Sample.open(bytes)
        for cut in 32..<bytes.count {
            let file = try Sample.open(Array(bytes[..<cut]))
            let chunks = whole.chunks.filter { $0.offset + $0.length <= UInt64(cut) }
            #expect(file.chunks.count == chunks.count, "cut at \(cut)")
            let read = try Sample.read(file)
            #expect(read == Array(told[..<read.count]), "cut at \(cut)")
            #expect(read.last?.logTime ?? 0 == chunks.last?.end ?? 0, "cut at \(cut)")
            guard case .cut = file.ending else { Issue.record("cut at \(cut): \(file.ending)"); return }
        }
    }

    @Test func `messages come by log time, however chunks overlap`() throws {
        var options = MCAPWriter.Options()
        options.chunkBytesMax = 100
        var writer = MCAPWriter(options)
        _ = writer.addChannel(topic: "t", schema: 0, messageEncoding: "")
        let times: [UInt64] = [50, 10, 30, 20, 40, 10, 5, 60, 45, 1, 70, 70]
        for (i, time) in times.enumerated() {
            writer.write(
                MCAPMessage(channel: 0, sequence: UInt32(i), logTime: time, publishTime: time), [1].span.bytes)
        }
        writer.finish()
        let read = try Sample.read(Sample.open(writer.output))
        let expected = times.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
        #expect(read.map(\.sequence) == expected.map { UInt32($0.offset) })
    }

    @Test func `a range of times is all of it and nothing else`() throws {
        let (bytes, told) = Sample.file(messages: 200)
        let read = try Sample.read(Sample.open(bytes), within: 1_500...2_000)
        #expect(read == told.filter { (1_500...2_000).contains($0.logTime) } && read.count == 51)
    }

    @Test func `records outside chunks are read`() throws {
        // The data section of one chunk, laid out flat.
        let (bytes, told) = Sample.file(messages: 40, chunkBytes: 1 << 20)
        let file = try Sample.open(bytes)
        let chunk = try #require(file.chunks.first { $0.end > 0 })
        let begin = Int(chunk.offset) + 9 + 40
        let definitions = try #require(file.chunks.first)
        let head = Int(definitions.offset)
        let flat =
            Array(bytes[..<head])
            + Array(bytes[(head + 49)..<(head + Int(definitions.length))])
            + Array(bytes[begin..<(Int(chunk.offset) + Int(chunk.length))])
        let read = try Sample.open(flat + [15] + le(4, 8) + le(0, 4) + [2] + le(20, 8) + le(0, 20) + Magic.bytes)
        #expect(read.ending == .withoutIndex)
        #expect(try Sample.read(read) == told)
    }

    @Test func `another file is refused by its first bytes`() {
        for bytes in [[], Array("not a tape at all, but long enough to have one".utf8), Array(Magic.bytes.dropLast())] {
            #expect { try Sample.open(bytes) } throws: { ($0 as? MCAPFault)?.code == .notMCAP }
        }
    }

    @Test func `an unknown compression is named, and the known ones with it`() throws {
        let (bytes, _) = Sample.file(messages: 10, codec: TurningCodec())
        let file = try MCAPFile(MemorySource(bytes))
        #expect { try Sample.read(file) } throws: {
            guard let fault = $0 as? MCAPFault else { return false }
            return fault.code == .unknownCompression && fault.found == "turned" && fault.allowed == "none"
        }
    }

    @Test func `a flipped bit in a chunk is found by its checksum`() throws {
        var (bytes, _) = Sample.file(messages: 100)
        let file = try Sample.open(bytes)
        let chunk = file.chunks[3]
        bytes[Int(chunk.offset + chunk.length) - 2] ^= 4
        let damaged = try Sample.open(bytes)
        #expect { try Sample.read(damaged) } throws: {
            guard let fault = $0 as? MCAPFault else { return false }
            return fault.code == .badChecksum && fault.offset == chunk.offset
        }
    }
}
