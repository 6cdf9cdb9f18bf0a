public import MCAP

/// How frames of the feed lie in messages of a tape.
public enum FrameForm {
    /// The envelope of the feed contract; its records are described by `config/schema/feed.asyncapi.yaml`.
    static let schema =
        #"{"type":"object","required":["publisher","stream","epoch","sequence","published_ns","records"],"properties":{"#
        + #""publisher":{"type":"string"},"stream":{"type":"string"},"epoch":{"type":"integer"},"#
        + #""sequence":{"type":"integer"},"published_ns":{"type":"integer"},"snapshot":{"type":"string"},"#
        + #""records":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"}}}}}}"#

    /// Printable, without blanks, and not too long for a contract's topic.
    static func isReadable(_ topic: RawSpan) -> Bool {
        topic.byteCount <= TapeWriter.topicBytesMax && topic.byteCount > 0
            && topic.withUnsafeBytes { $0.allSatisfy { (0x21...0x7E).contains($0) } }
    }

    static func isSame(_ bytes: [UInt8], _ topic: RawSpan) -> Bool {
        bytes.count == topic.byteCount && topic.withUnsafeBytes { $0.elementsEqual(bytes) }
    }

    static func join(_ topic: RawSpan, _ body: RawSpan, into bytes: inout [UInt8]) {
        let length = UInt32(topic.byteCount)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: length >> UInt32(8 * $0)) }
        topic.withUnsafeBytes { bytes.append(contentsOf: $0) }
        body.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// Where the topic ends in a message of `feed-other`; `nil` where its length lies.
    static func topicEnd(_ data: RawSpan) -> Int? {
        guard data.byteCount >= 4 else { return nil }
        let length = data.withUnsafeBytes { bytes in (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) } }
        return length <= data.byteCount - 4 ? 4 + length : nil
    }
}

/// What a message of a tape is.
public enum TapeMessage: Equatable, Sendable {
    /// The body of a frame of this topic.
    case feed(topic: [UInt8])
    /// Topic and body together.
    case other
    case entry(TapeKind)
    /// Of a channel that is none of ours.
    case foreign

    public init(_ channel: MCAPChannel) {
        if channel.topic.hasPrefix(TapeWriter.feedPrefix) {
            self = .feed(topic: Array(channel.topic.utf8.dropFirst(TapeWriter.feedPrefix.utf8.count)))
        } else if channel.topic == TapeWriter.othersTopic {
            self = .other
        } else if let kind = TapeKind(topic: channel.topic) {
            self = .entry(kind)
        } else {
            self = .foreign
        }
    }

    /// Topic and body of a frame, or `false` for what is none. The spans end with the call.
    public func withFrame(_ data: RawSpan, _ use: (_ topic: RawSpan, _ body: RawSpan) -> Void) -> Bool {
        switch self {
        case .feed(let topic):
            use(topic.span.bytes, data)
            return true
        case .other:
            guard let end = FrameForm.topicEnd(data) else { return false }
            use(data.extracting(4..<end), data.extracting(end..<data.byteCount))
            return true
        case .entry, .foreign: return false
        }
    }
}
