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
        write(key)
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            if text.allSatisfy(Self.isPlain) {
                bytes.append(contentsOf: text)
            } else {
                for byte in text { write(escaped: byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func field(_ key: StaticString, _ number: UInt64) {
        write(key)
        write(number)
    }

    public mutating func field(_ key: StaticString, _ moment: Moment) {
        write(key)
        if moment.nanoseconds < 0 { bytes.append(UInt8(ascii: "-")) }
        write(moment.nanoseconds.magnitude)
    }

    public mutating func field(_ key: StaticString, amount: UInt128) { field(key, "\(amount)") }
    public mutating func field(_ key: StaticString, cash: Cash) { field(key, "\(cash.units)") }

    /// Ends the line, with its newline.
    public mutating func endLine() {
        end()
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func write(_ number: UInt64) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var (first, rest) = (20, number)
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for position in first..<20 { bytes.append(digits[position]) }
    }

    private mutating func write(_ key: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
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
