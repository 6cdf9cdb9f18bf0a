/// What in a message is not as the contract says: facts, from which text is made where it is shown.
///
/// Example: field `repay`, found `number`, allowed `decimal digits, at most 128 bits`.
package struct ProtocolError: Error, Equatable, Sendable {
    package enum Code: String, Sendable {
        case notJSON = "not_json"
        case tooLarge = "too_large"
        case missing
        case repeated
        case unknownField = "unknown_field"
        case wrongType = "wrong_type"
        case outOfRange = "out_of_range"
    }

    package let code: Code
    /// Empty when it is the whole message.
    package let field: String
    package let found: String
    package let allowed: String

    init(_ code: Code, field: String = "", found: String, allowed: String) {
        self.code = code
        self.field = field
        self.found = found
        self.allowed = allowed
    }
}
