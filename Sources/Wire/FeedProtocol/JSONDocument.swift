import CSIMDJSON

/// Owns a parser and the tokens of the text it read last.
///
/// A token is known by its position; the first child of a container is the next one, `next(after:)` skips what a token
/// contains. Of two fields with the same name the first counts. Bytes handed out live until the next `parse`, and no
/// function of this module keeps them longer. All memory is taken at `init`. One thread.
struct JSONDocument: ~Copyable {
    enum Kind { case object, array, string, unsigned, negative, yes, other }

    private let parser: OpaquePointer
    private let tokens: UnsafePointer<csimdjson_token>

    init(bytesMax: Int) {
        guard let parser = csimdjson_create(bytesMax, UInt32(FeedLimits.tokensMax), UInt32(FeedLimits.depthMax)),
            let tokens = csimdjson_tokens(parser)
        else { preconditionFailure("Condition: there is memory for a parser") }
        self.parser = parser
        self.tokens = tokens
    }

    deinit { csimdjson_destroy(parser) }

    /// Reads a text; `nil` means that its root is at position zero.
    mutating func parse(_ text: RawSpan) -> FeedFault? {
        let status = text.withUnsafeBytes { bytes in csimdjson_parse(parser, bytes.baseAddress, bytes.count) }
        return switch status {
        case CSIMDJSON_OK.rawValue: nil
        case CSIMDJSON_TOO_LONG.rawValue: .bodyTooLong
        case CSIMDJSON_TOO_DEEP.rawValue: .tooDeep
        case CSIMDJSON_TOO_MANY_TOKENS.rawValue: .tooManyTokens
        default: .notJSON
        }
    }

    @inline(__always)
    func kind(at position: Int) -> Kind {
        switch tokens[position].kind {
        case CSIMDJSON_OBJECT.rawValue: .object
        case CSIMDJSON_ARRAY.rawValue: .array
        case CSIMDJSON_STRING.rawValue: .string
        case CSIMDJSON_UNSIGNED.rawValue: .unsigned
        case CSIMDJSON_NEGATIVE.rawValue: .negative
        case CSIMDJSON_TRUE.rawValue: .yes
        default: .other
        }
    }

    @inline(__always)
    func next(after position: Int) -> Int { Int(tokens[position].next) }

    /// The children of a container, counted.
    func childCount(at position: Int) -> Int { Int(tokens[position].integer) }

    func unsigned(at position: Int) -> UInt64 { tokens[position].integer }

    @inline(__always)
    func text(at position: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: tokens[position].text, count: Int(tokens[position].text_length))
    }

    func field(_ name: StaticString, of object: Int) -> Int? {
        let end = next(after: object)
        var position = object + 1
        while position < end {
            if key(at: position).equals(name) { return position }
            position = next(after: position)
        }
        return nil
    }

    @inline(__always)
    private func key(at position: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: tokens[position].key, count: Int(tokens[position].key_length))
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    func equals(_ name: StaticString) -> Bool {
        hasSameBytes(as: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
