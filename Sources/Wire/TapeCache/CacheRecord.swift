import Domain
public import Units

/// One input of a frame, or a frame as it came: 64 bytes, little-endian.
///
/// | bytes | |
/// |---|---|
/// | 0..<8 | when the frame was received, nanoseconds |
/// | 8..<16 | when it was published; of a row beside the feed, 0 |
/// | 16 | form: what kind of hot input, or one of `Form` |
/// | 17 | stream |
/// | 18..<20 | how many more records the frame has |
/// | 20..<24 | index |
/// | 24..<32 | zero |
/// | 32..<64 | two 16-byte fields; of a frame as it came: where it lies, bytes of topic, bytes of body |
public struct CacheRecord: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        case hot(HotInput.Fields)
        /// A frame of the stream that says nothing: its number counts.
        case empty
        /// To be decoded as when it came.
        case frame(Stored)
        /// A row of a recording, beside the feed.
        case history(Stored)
    }

    /// Where bytes lie in the blob.
    public struct Stored: Equatable, Sendable {
        public var offset: UInt64
        public var topicBytes: UInt32
        public var bodyBytes: UInt32

        public init(offset: UInt64, topicBytes: UInt32, bodyBytes: UInt32) {
            (self.offset, self.topicBytes, self.bodyBytes) = (offset, topicBytes, bodyBytes)
        }
    }

    public var at: Moment
    public var publishedAt: Moment
    public var stream: UInt8
    public var following: UInt16
    public var content: Content

    public static let byteCount = 64

    public init(_ content: Content, at: Moment, publishedAt: Moment, stream: UInt8, following: UInt16 = 0) {
        self.content = content
        self.at = at
        self.publishedAt = publishedAt
        self.stream = stream
        self.following = following
    }

    @usableFromInline
    enum Form {
        @usableFromInline static let empty: UInt8 = 0, frame: UInt8 = 254, history: UInt8 = 255
    }

    func append(to bytes: inout [UInt8]) {
        let (form, index, first, second) = raw
        bytes.append(little: at.nanoseconds)
        bytes.append(little: publishedAt.nanoseconds)
        bytes.append(form)
        bytes.append(stream)
        bytes.append(little: following)
        bytes.append(little: index)
        bytes.append(little: UInt64(0))
        bytes.append(little: first)
        bytes.append(little: second)
    }

    private var raw: (form: UInt8, index: UInt32, first: UInt128, second: UInt128) {
        func place(_ stored: Stored) -> UInt128 {
            UInt128(stored.offset) | UInt128(stored.topicBytes) << 64 | UInt128(stored.bodyBytes) << 96
        }
        return switch content {
        case .hot(let fields): (fields.kind.rawValue, fields.index, fields.first, fields.second)
        case .empty: (Form.empty, 0, 0, 0)
        case .frame(let stored): (Form.frame, 0, place(stored), 0)
        case .history(let stored): (Form.history, 0, place(stored), 0)
        }
    }

    /// `nil` for bytes that are no record.
    @inlinable
    public init?(_ bytes: RawSpan, at offset: Int) {
        precondition(offset >= 0 && offset + Self.byteCount <= bytes.byteCount, "Condition: the record is there")
        let form = bytes.little(offset + 16, as: UInt8.self)
        let first = bytes.little(offset + 32, as: UInt128.self)
        if let kind = HotInput.Kind(rawValue: form) {
            content = .hot(
                HotInput.Fields(
                    kind, bytes.little(offset + 20), first, bytes.little(offset + 48, as: UInt128.self)))
        } else {
            guard let content = Self.content(form, first) else { return nil }
            self.content = content
        }
        at = Moment(nanoseconds: bytes.little(offset))
        publishedAt = Moment(nanoseconds: bytes.little(offset + 8))
        stream = bytes.little(offset + 17)
        following = bytes.little(offset + 18)
    }

    @usableFromInline
    static func content(_ form: UInt8, _ first: UInt128) -> Content? {
        let stored = Stored(
            offset: UInt64(truncatingIfNeeded: first), topicBytes: UInt32(truncatingIfNeeded: first >> 64),
            bodyBytes: UInt32(truncatingIfNeeded: first >> 96))
        return switch form {
        case Form.empty: .empty
        case Form.frame: .frame(stored)
        case Form.history: .history(stored)
        default: nil
        }
    }
}

extension [UInt8] {
    mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

extension RawSpan {
    @inlinable @inline(__always)
    func little<T: FixedWidthInteger & BitwiseCopyable>(_ position: Int, as type: T.Type = T.self) -> T {
        T(littleEndian: unsafeLoadUnaligned(fromByteOffset: position, as: type))
    }
}
