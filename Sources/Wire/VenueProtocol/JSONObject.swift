internal import Submission

/// A JSON object read strictly: each field is asked for by name and form, and none may be left over.
struct JSONObject {
    private var fields: [String: JSONValue]

    /// - Parameter bytesMax: longer messages are not even parsed.
    init(_ bytes: [UInt8], bytesMax: Int) throws(ProtocolError) {
        guard bytes.count <= bytesMax else {
            throw ProtocolError(.tooLarge, found: "\(bytes.count) bytes", allowed: "at most \(bytesMax) bytes")
        }
        var reader = JSONReader(bytes)
        fields = try reader.object()
    }

    func has(_ name: String) -> Bool { fields[name] != nil }

    mutating func text(_ name: String, bytes: ClosedRange<Int>) throws(ProtocolError) -> String {
        let text = try string(name, allowed: "string")
        guard bytes.contains(text.utf8.count) else {
            throw ProtocolError(
                .outOfRange, field: name, found: "\(text.utf8.count) bytes",
                allowed: "\(bytes.lowerBound) to \(bytes.upperBound) bytes")
        }
        return text
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Choice.Type
    ) throws(ProtocolError) -> Choice where Choice.RawValue == String {
        let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        let text = try string(name, allowed: allowed)
        guard let choice = Choice(rawValue: text) else {
            throw ProtocolError(.outOfRange, field: name, found: String(text.prefix(Self.shownMax)), allowed: allowed)
        }
        return choice
    }

    mutating func id(_ name: String) throws(ProtocolError) -> IntentID {
        let text = try string(name, allowed: Self.idAllowed)
        guard let id = IntentID(text: text) else {
            throw ProtocolError(
                .outOfRange, field: name, found: String(text.prefix(Self.shownMax)), allowed: Self.idAllowed)
        }
        return id
    }

    /// An amount: decimal digits in a string, with a sign only where the type has one.
    mutating func amount<Amount: FixedWidthInteger>(_ name: String, _ type: Amount.Type) throws(ProtocolError) -> Amount
    {
        let sign = Amount.isSigned ? "an optional minus and " : ""
        let allowed = "a string of \(sign)decimal digits, at most \(Amount.bitWidth) bits"
        let text = try string(name, allowed: allowed)
        let digits = Amount.isSigned && text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        let areDigits = !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) }
        guard areDigits, text != "-0", let amount = Amount(text) else {
            throw ProtocolError(.outOfRange, field: name, found: String(text.prefix(Self.shownMax)), allowed: allowed)
        }
        return amount
    }

    /// A number that is small by its nature: a block, an amount of gas.
    mutating func number(_ name: String) throws(ProtocolError) -> UInt64 {
        let value = try take(name)
        guard case .integer(let number) = value else {
            throw ProtocolError(
                .wrongType, field: name, found: value.kind, allowed: "a whole number from 0 to 2^63 - 1")
        }
        return number
    }

    /// Everything has been asked for: whatever is left was not in the contract.
    func finish() throws(ProtocolError) {
        guard let name = fields.keys.min() else { return }
        throw ProtocolError(
            .unknownField, field: String(name.prefix(Self.shownMax)), found: "present", allowed: "absent")
    }

    private mutating func string(_ name: String, allowed: String) throws(ProtocolError) -> String {
        let value = try take(name)
        guard case .string(let text) = value else {
            throw ProtocolError(.wrongType, field: name, found: value.kind, allowed: allowed)
        }
        return text
    }

    private mutating func take(_ name: String) throws(ProtocolError) -> JSONValue {
        guard let value = fields.removeValue(forKey: name) else {
            throw ProtocolError(.missing, field: name, found: "absent", allowed: "present")
        }
        return value
    }

    /// Of somebody else's text, at most so much is shown in an error.
    private static let shownMax = 64
    private static let idAllowed = "32 lowercase hexadecimal digits"
}
