/// JSON written by hand: the order of fields is the order of writing, so equal values have equal bytes.
struct JSONText {
    private(set) var text = "{"

    mutating func field(_ name: String, _ value: String) { raw(name, Self.quoted(value)) }
    /// Amounts are strings: many readers keep numbers as doubles.
    mutating func field(_ name: String, amount: some FixedWidthInteger) { raw(name, "\"\(amount)\"") }
    mutating func field(_ name: String, number: UInt64) { raw(name, String(number)) }

    consuming func finish() -> [UInt8] { Array((text + "}").utf8) }

    private mutating func raw(_ name: String, _ value: String) {
        if text.utf8.count > 1 { text += "," }
        text += "\"\(name)\":\(value)"
    }

    /// RFC 8259, section 7: quotation mark, reverse solidus and control characters are escaped.
    private static func quoted(_ value: String) -> String {
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
