public import MCAP
import TapeContent

/// What a tape is, for people and for scripts.
public struct TapeOverview: Encodable, Sendable {
    public struct Channel: Encodable, Sendable {
        public let topic: String
        public let encoding: String
        public let messages: UInt64
    }

    public let bytes: UInt64
    /// `finished`, `without index`, or where it was cut.
    public let ending: String
    public let isWhole: Bool
    public let origin: String?
    public let title: String?
    public let seed: UInt64?
    public let startNanoseconds: UInt64
    public let endNanoseconds: UInt64
    public let messages: UInt64
    public let chunks: Int
    public let unpackedBytes: UInt64
    public let channels: [Channel]
    public let metadata: [String: [String: String]]
    public let attachments: [String]

    public init(_ file: MCAPFile) {
        let manifest = RunManifest(file)
        bytes = file.bytes
        switch file.ending {
        case .finished: ending = "finished"
        case .withoutIndex: ending = "without index"
        case .cut(let offset, let fault): ending = "cut at byte \(offset): \(fault)"
        }
        isWhole = if case .cut = file.ending { false } else { true }
        origin = manifest?.origin.rawValue
        title = manifest?.title
        seed = manifest?.seed
        startNanoseconds = file.statistics.start
        endNanoseconds = file.statistics.end
        messages = file.statistics.messages
        chunks = file.chunks.count
        unpackedBytes = file.chunks.reduce(0) { $0 &+ $1.uncompressedSize }
        let counts = file.statistics.messagesByChannel
        channels = file.definitions.channels.values.sorted { $0.id < $1.id }.map {
            Channel(topic: $0.topic, encoding: $0.messageEncoding, messages: counts[$0.id] ?? 0)
        }
        metadata = Dictionary(file.metadata.map { ($0.name, $0.values) }) { first, _ in first }
        attachments = file.attachments.map(\.name)
    }
}
