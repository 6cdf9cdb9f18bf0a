/// The durable name of an intent: 128 bits, written as 32 lowercase hexadecimal digits. It is the venue's idempotency
/// key, so it is made once, from the opportunity, and never changes.
///
/// Example: `IntentID(text: "00000000000000000000000000000a1b")?.text` is the same text.
public struct IntentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let bits: UInt128

    public init(bits: UInt128) {
        self.bits = bits
    }

    /// Reads exactly 32 lowercase hexadecimal digits: one name has one spelling.
    public init?(text: String) {
        guard text.utf8.count == Self.digits else { return nil }
        var bits: UInt128 = 0
        for character in text.utf8 {
            guard let digit = Self.value(of: character) else { return nil }
            bits = bits << 4 | UInt128(digit)
        }
        self.bits = bits
    }

    public var text: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: Self.digits - digits.utf8.count) + digits
    }

    public var description: String { text }

    public static let digits = 32

    public static func < (a: IntentID, b: IntentID) -> Bool { a.bits < b.bits }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
