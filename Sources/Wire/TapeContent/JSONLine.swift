public import Units

/// One JSON object of flat fields, in the order in which they are given: the same facts are the same bytes.
///
/// Amounts are strings of digits, as in the feed; what fits 63 bits is a number.
public struct JSONLine: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(UInt8(ascii: "{"))
    }

    public mutating func end() { bytes.append(UInt8(ascii: "}")) }

    public mutating func field(_ key: StaticString, _ text: String) {
        var text = text
        text.withUTF8 { text in
            guard text.allSatisfy(Self.isPlain) else {
                write(key, more: 1) { $0.append(UInt8(ascii: "\"")) }
                for byte in text { write(escaped: byte) }
                return bytes.append(UInt8(ascii: "\""))
            }
            write(key, more: text.count + 2) { out in
                out.append(UInt8(ascii: "\""))
                for byte in text { out.append(byte) }
                out.append(UInt8(ascii: "\""))
            }
        }
    }

    public mutating func field(_ key: StaticString, _ number: UInt64) {
        write(key, more: Self.digitsMax) { Self.write(number, to: &$0) }
    }

    public mutating func field(_ key: StaticString, _ moment: Moment) {
        write(key, more: Self.digitsMax + 1) { out in
            if moment.nanoseconds < 0 { out.append(UInt8(ascii: "-")) }
            Self.write(moment.nanoseconds.magnitude, to: &out)
        }
    }

    public mutating func field(_ key: StaticString, amount: UInt128) { field(key, "\(amount)") }
    public mutating func field(_ key: StaticString, cash: Cash) { field(key, "\(cash.units)") }

    /// Ends the line, with its newline.
    public mutating func endLine() {
        end()
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Of 64 bits.
    private static let digitsMax = 20

    private static func write(_ number: UInt64, to out: inout OutputSpan<UInt8>) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var (first, rest) = (digitsMax, number)
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for position in first..<digitsMax { out.append(digits[position]) }
    }

    /// A field in one go: its name, and no more bytes of its value than so many.
    @inline(__always)
    private mutating func write(_ key: StaticString, more: Int, _ value: (inout OutputSpan<UInt8>) -> Void) {
        let isFirst = bytes.count <= 1
        let name = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
        bytes.append(addingCapacity: name.count + 4 + more) { out in
            if !isFirst { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            for byte in name { out.append(byte) }
            out.append(UInt8(ascii: "\""))
            out.append(UInt8(ascii: ":"))
            value(&out)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 32 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func write(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0..<32:
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
