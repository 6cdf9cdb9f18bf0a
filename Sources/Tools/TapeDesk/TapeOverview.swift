package import MCAP
import TapeContent

/// What a tape is, for people and for scripts.
package struct TapeOverview: Encodable, Sendable {
    package struct Channel: Encodable, Sendable {
        package let topic: String
        package let encoding: String
        package let messages: UInt64
    }

    package let bytes: UInt64
    /// `finished`, `without index`, or where it was cut.
    package let ending: String
    package let isWhole: Bool
    package let origin: String?
    package let title: String?
    package let seed: UInt64?
    package let startNanoseconds: UInt64
    package let endNanoseconds: UInt64
    package let messages: UInt64
    package let chunks: Int
    package let unpackedBytes: UInt64
    package let channels: [Channel]
    package let metadata: [String: [String: String]]
    package let attachments: [String]

    package init(_ file: MCAPFile) {
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
