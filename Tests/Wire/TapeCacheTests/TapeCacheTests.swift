import Domain
import TapeCache
import Testing
import Units

/// What goes into a cache comes out of it, and what is no cache is refused.
@Suite struct TapeCacheTests {
    private static let big = UInt128.max / 3
    private let hot: [Input] = [
        .price(ReserveIndex(7 as UInt16), Price(baseUnits: big)),
        .pool(
            ReserveIndex(65_535 as UInt16),
            Pool(assetReserve: big, cashReserve: .max, fee: .basisPoints(30))),
        .indices(ReserveIndex(1 as UInt16), supply: Ray(big), borrow: Ray(5)),
        .funding(ReserveIndex(2 as UInt16), -170_141_183_460_469_231_731_687_303_715_884_105_728),
        .block(
            BlockUpdate(
                market: MarketIndex(3 as UInt16), number: BlockNumber(.max), timestamp: Moment(nanoseconds: -9))),
        .gas(
            GasUpdate(
                market: MarketIndex(4 as UInt16), baseFee: GasPrice(weiPerGas: .max),
                priorityFeeMedian: GasPrice(weiPerGas: .max - 1), priorityFeeHigh: GasPrice(weiPerGas: .max - 2))),
        .accountBegins(
            AccountUpdate(
                account: AccountIndex(.max as UInt32), market: MarketIndex(65_535 as UInt16), kind: .position,
                reserve: ReserveIndex(513 as UInt16), version: .max, legs: 512, traits: AccountTraits(category: 255),
                segments: Segments(rawValue: 0xA5A5), group: GroupIndex(.max as UInt32))),
        .accountBegins(
            AccountUpdate(
                account: AccountIndex(0 as UInt32), market: MarketIndex(0 as UInt16), kind: .state,
                reserve: ReserveIndex(0 as UInt16), version: 0, legs: 0)),
        .accountLeg(Leg(FactorIndex(ReserveIndex(9 as UInt16), .entry), .max)),
    ]

    private func file(_ write: (inout CacheWriter) -> Void) -> [UInt8] {
        var writer = CacheWriter(
            CacheHeader(tape: String(repeating: "ab", count: 32), decoder: String(repeating: "0f", count: 32)))
        write(&writer)
        let records = writer.take()
        let (rest, header) = writer.finish { _ in String(repeating: "77", count: 32) }
        return header + records + rest
    }

    private func record(_ position: Int, _ file: [UInt8]) throws -> CacheRecord {
        let found = CacheHeader.record(position, in: file.span.bytes)
        return try #require(found)
    }

    @Test func `every hot input comes out as it went in`() throws {
        let fields = hot.compactMap(HotInput.fields)
        #expect(fields.count == hot.count)
        let bytes = file {
            $0.write(fields, at: Moment(nanoseconds: 11), publishedAt: Moment(nanoseconds: 5), stream: 3)
        }
        let header = try CacheHeader(reading: bytes.span.bytes)
        var found: [Input] = []
        for position in 0..<Int(header.records) {
            let record = try record(position, bytes)
            #expect(record.at == Moment(nanoseconds: 11) && record.publishedAt == Moment(nanoseconds: 5))
            #expect(record.stream == 3 && Int(record.following) == hot.count - 1 - position)
            guard case .hot(let fields) = record.content else { continue }
            found.append(try #require(HotInput.input(fields)))
        }
        #expect(found == hot)
    }

    @Test func `an input of another kind is not hot`() {
        #expect(HotInput.fields(of: .stream(.whole)) == nil)
        #expect(HotInput.fields(of: .snapshotBegins(StreamIndex(0))) == nil)
        let fee = Pool(assetReserve: 1, cashReserve: 1, fee: BasisPoints(65_536))
        #expect(HotInput.fields(of: .pool(ReserveIndex(0 as UInt16), fee)) == nil)
        let rollup = RollupPrices(
            rule: .fjord, baseFee: 1, blobBaseFee: 1, baseFeeScalar: 1, blobBaseFeeScalar: 1)
        let gas = GasUpdate(
            market: MarketIndex(0), baseFee: .zero, priorityFeeMedian: .zero, priorityFeeHigh: .zero, rollup: rollup)
        #expect(HotInput.fields(of: .gas(gas)) == nil)
    }

    @Test func `a frame, a row and silence come out as they went in`() throws {
        let (topic, body) = (Array("venue.prices".utf8), Array(#"{"a":1}"#.utf8))
        let bytes = file {
            $0.write(topic: topic.span.bytes, body: body.span.bytes, at: Moment(nanoseconds: 1))
            $0.write([], at: Moment(nanoseconds: 2), publishedAt: Moment(nanoseconds: 2), stream: 1)
            $0.write(history: body.span.bytes, at: Moment(nanoseconds: 3))
        }
        let header = try CacheHeader(reading: bytes.span.bytes)
        #expect(header.frames == 2 && header.records == 3)
        var found: [String] = []
        for position in 0..<Int(header.records) {
            switch try record(position, bytes).content {
            case .frame(let stored), .history(let stored):
                let isThere = header.withFrame(stored, in: bytes.span.bytes) { topic, body in
                    let text = { (span: RawSpan) in span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
                    found.append(text(topic) + "|" + text(body))
                }
                #expect(isThere)
            case .empty: found.append("empty")
            case .hot: found.append("hot")
            }
        }
        #expect(found == [#"venue.prices|{"a":1}"#, "empty", #"|{"a":1}"#])
        let isOutside = header.withFrame(
            CacheRecord.Stored(offset: .max, topicBytes: 1, bodyBytes: 1), in: bytes.span.bytes
        ) { _, _ in }
        #expect(!isOutside)
    }

    @Test func `the header says what the file was made of, byte for byte`() throws {
        let bytes = file { $0.write([], at: .start, publishedAt: .start, stream: 0) }
        let header = try CacheHeader(reading: bytes.span.bytes)
        #expect(
            header.tape == String(repeating: "ab", count: 32) && header.decoder == String(repeating: "0f", count: 32))
        #expect(header.content == String(repeating: "77", count: 32))
        #expect(
            bytes.count == 192 + 64 + 16
                && Array(bytes[..<20]) == Array("BAILIFF\u{1}CACHE\r\n\u{1A}".utf8) + [5, 0, 0, 0])
        #expect(header.tableBytes == 16 && bytes[(192 + 64)...].allSatisfy { $0 == 0 }, "a table of nothing")
    }

    @Test func `what is no cache, of another version or cut is refused`() {
        let whole = file { $0.write([], at: .start, publishedAt: .start, stream: 0) }
        func code(_ bytes: [UInt8]) -> CacheFault.Code? {
            do throws(CacheFault) {
                _ = try CacheHeader(reading: bytes.span.bytes)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(whole) == nil)
        #expect(code([]) == .notACache && code(Array("\u{89}MCAP0\r\n".utf8)) == .notACache)
        #expect(code(Array(whole[..<100])) == .truncated)
        for end in 192..<whole.count { #expect(code(Array(whole[..<end])) == .truncated) }
        #expect(code(whole + [0]) == .truncated)
        var other = whole
        other[16] = 9
        #expect(code(other) == .otherVersion)
        var long = whole
        long[31] = 0xFF
        #expect(code(long) == .truncated)
        var unknown = whole
        unknown[192 + 16] = 99
        let record = CacheHeader.record(0, in: unknown.span.bytes)
        #expect(record == nil)
    }
}
