/// What a tape holds beside the feed's frames, each on a channel of its own. What comes in is recorded before anything is done
/// with it, what goes out when it goes.
public enum TapeKind: String, CaseIterable, Sendable {
    /// What the engine decided: intents, accounts that crossed and recovered.
    case decisions
    /// What it chose not to do, with the reason.
    case refusals
    /// What was sent to the venue, and what it answered.
    case requests, responses
    /// How intents ended, as the engine was told.
    case outcomes
    /// What else the engine was told beside the feed: with frames and outcomes it is all that a replay needs.
    case inputs
    /// Where something is missing, and why.
    case gaps
    /// The configuration in force, whole, at the start and after each change.
    case configuration
    /// Rows of a recording that are no feed: who liquidated whom, as the source has it.
    case history

    public var topic: String { "bailiff/\(rawValue)" }

    public init?(topic: String) {
        guard topic.hasPrefix("bailiff/") else { return nil }
        self.init(rawValue: String(topic.dropFirst("bailiff/".count)))
    }

    public var schemaName: String { "bailiff.\(rawValue)" }

    /// JSON Schema: every field that is always there. A reader leaves fields alone that it does not know.
    public var schema: String {
        let fields =
            required.map { #""\#($0.name)":{"type":\#($0.type)}"# }.joined(separator: ",")
        let names = required.map { #""\#($0.name)""# }.joined(separator: ",")
        return #"{"type":"object","required":[\#(names)],"properties":{\#(fields)}}"#
    }

    private var required: [(name: String, type: String)] {
        let text = #""string""#
        let number = #""integer""#
        return switch self {
        case .decisions:
            [("kind", text), ("at_ns", number), ("market", text), ("account", text)]
        case .refusals: [("at_ns", number), ("market", text), ("account", text), ("reason", text)]
        case .requests:
            [
                ("at_ns", number), ("intent", text), ("method", text), ("host", text), ("path", text),
                ("body_bytes", number), ("body_sha256", text),
            ]
        case .responses:
            [
                ("at_ns", number), ("intent", text), ("method", text), ("status", number), ("meaning", text),
                ("took_ns", number), ("body_bytes", number),
            ]
        case .outcomes: [("at_ns", number), ("ordinal", number), ("ending", text)]
        case .inputs: [("kind", text), ("at_ns", number)]
        case .gaps: [("at_ns", number), ("cause", text), ("missing", number)]
        case .configuration: [("at_ns", number), ("file", text), ("sha256", text), ("text", text)]
        case .history: [("source", text), ("line", number)]
        }
    }
}
