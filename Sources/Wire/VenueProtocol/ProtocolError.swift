/// What in a message is not as the contract says: facts, from which text is made where it is shown.
///
/// Example: field `repay`, found `number`, allowed `decimal digits, at most 128 bits`.
public struct ProtocolError: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        case notJSON = "not_json"
        case tooLarge = "too_large"
        case missing
        case repeated
        case unknownField = "unknown_field"
        case wrongType = "wrong_type"
        case outOfRange = "out_of_range"
    }

    public let code: Code
    /// Empty when it is the whole message.
    public let field: String
    public let found: String
    public let allowed: String

    init(_ code: Code, field: String = "", found: String, allowed: String) {
        self.code = code
        self.field = field
        self.found = found
        self.allowed = allowed
    }
}
