import Domain
import Episodes
import FeedProtocol
import MarginEngine
import TapeImport
import Testing
import Units

@Suite struct EpisodeFramesTests {
    private struct Frame: Equatable {
        var topic: [UInt8]
        var body: [UInt8]
        var at: Moment
        var sequence: UInt64
    }

    private func frames(_ episode: Episode) throws -> [Frame] {
        var found: [Frame] = []
        var frames = EpisodeFrames(episode)
        try frames.write { found.append(Frame(topic: $0, body: $1, at: $2, sequence: $3)) }
        return found
    }

    private static let options = GeneratedEpisode.Options(seed: 3, accounts: 40, safeAccounts: 20, hours: 1)

    @Test func `an episode is whole streams, without a hole or a fault`() throws {
        let episode = GeneratedEpisode.make(Self.options)
        var decoder = FeedDecoder(rules: [episode.rulesName])
        var inputs: ContiguousArray<Input> = []
        var last = Moment.start
        for frame in try frames(episode) {
            let verdict = decoder.decode(topic: frame.topic.span.bytes, body: frame.body.span.bytes, into: &inputs)
            #expect(verdict.publishedAt == frame.at && frame.at >= last)
            last = frame.at
        }
        let counters = decoder.counters
        #expect(counters.faulty == 0 && counters.recordFaults.total == 0 && counters.missing == 0)
        #expect(counters.applied == counters.received && counters.received > 300)
        #expect(decoder.state(of: StreamIndex(0)) == .whole && decoder.state(of: StreamIndex(1)) == .whole)
        let names = decoder.directory.accountCount
        #expect(names == 60)
        let blocks = inputs.filter { if case .block = $0 { true } else { false } }.count
        #expect(blocks == 3_600 / 12 + 1)
        let prices = inputs.filter { if case .price = $0 { true } else { false } }.count
        let expected = episode.events.filter { if case .price = $0.event { true } else { false } }
        #expect(prices == expected.count)
    }

    @Test func `the same episode is the same frames`() throws {
        let episode = GeneratedEpisode.make(Self.options)
        #expect(try frames(episode) == frames(episode))
    }
}
