/// Reads one flat JSON object (RFC 8259): the contract's messages hold strings and numbers, nothing nested.
///
/// Stricter than the RFC where the RFC leaves room: a name that comes twice is refused, since two readers could then see
/// two messages in the same bytes; so is text that is not UTF-8, or half a surrogate pair. Never traps, whatever the bytes.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func object() throws(ProtocolError) -> [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        try take(UInt8(ascii: "{"))
        skipBlanks()
        if peek == UInt8(ascii: "}") {
            position += 1
        } else {
            repeat { try readField(into: &fields) } while try continues()
        }
        skipBlanks()
        guard position == bytes.count else { throw notJSON() }
        return fields
    }

    private mutating func readField(into fields: inout [String: JSONValue]) throws(ProtocolError) {
        let name = try string()
        try take(UInt8(ascii: ":"))
        let value = try value()
        guard fields.updateValue(value, forKey: name) == nil else {
            throw ProtocolError(.repeated, field: String(name.prefix(64)), found: "twice", allowed: "once")
        }
    }

    /// After a field: a comma goes on, a brace ends.
    private mutating func continues() throws(ProtocolError) -> Bool {
        skipBlanks()
        defer { position += 1 }
        switch peek {
        case UInt8(ascii: ","): return true
        case UInt8(ascii: "}"): return false
        default: throw notJSON()
        }
    }

    private mutating func value() throws(ProtocolError) -> JSONValue {
        skipBlanks()
        guard let byte = peek else { throw notJSON() }
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
        case UInt8(ascii: "t"): return try word("true")
        case UInt8(ascii: "f"): return try word("false")
        case UInt8(ascii: "n"): return try word("null")
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            throw ProtocolError(.wrongType, found: "a nested value", allowed: "strings and numbers")
        default: throw notJSON()
        }
    }

    /// Whole numbers below 2^63 without a sign or leading zero; any other is kept as something that no field allows.
    private mutating func number() -> JSONValue {
        let start = position
        while let byte = peek, Self.isInNumber(byte) { position += 1 }
        let digits = bytes[start..<position]
        let isWhole = digits.allSatisfy { (48...57).contains($0) } && (digits.count == 1 || digits.first != 48)
        guard isWhole, let number = Int64(String(decoding: digits, as: UTF8.self)) else {
            return .other("another number")
        }
        return .integer(UInt64(number))
    }

    private static func isInNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func word(_ word: String) throws(ProtocolError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw notJSON() }
        position += word.utf8.count
        return .other(word)
    }

    private mutating func string() throws(ProtocolError) -> String {
        try take(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw notJSON() }
                return string
            case UInt8(ascii: "\\"): text += try escaped()
            case ..<0x20: throw notJSON()
            default: text.append(byte)
            }
        }
        throw notJSON()
    }

    /// What stands after a reverse solidus, as UTF-8.
    private mutating func escaped() throws(ProtocolError) -> [UInt8] {
        guard let byte = peek else { throw notJSON() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try scalar()
        default: throw notJSON()
        }
    }

    private mutating func scalar() throws(ProtocolError) -> [UInt8] {
        var value = UInt32(try unit())
        if (0xd800..<0xdc00).contains(value) {
            guard bytes[position...].starts(with: "\\u".utf8) else { throw notJSON() }
            position += 2
            let low = UInt32(try unit())
            guard (0xdc00..<0xe000).contains(low) else { throw notJSON() }
            value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw notJSON() }
        return Array(String(scalar).utf8)
    }

    /// Four hexadecimal digits.
    private mutating func unit() throws(ProtocolError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw notJSON() }
        position += 4
        return unit
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) throws(ProtocolError) {
        skipBlanks()
        guard peek == byte else { throw notJSON() }
        position += 1
    }

    private func notJSON() -> ProtocolError {
        ProtocolError(.notJSON, found: "byte \(position) of \(bytes.count)", allowed: "one flat JSON object")
    }
}

/// A value in a message; whole numbers that are not negative, and everything else by its kind.
enum JSONValue: Equatable {
    case string(String)
    case integer(UInt64)
    case other(String)

    var kind: String {
        switch self {
        case .string: "string"
        case .integer: "number"
        case .other(let kind): kind
        }
    }
}
