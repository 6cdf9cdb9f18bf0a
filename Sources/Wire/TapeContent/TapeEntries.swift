public import Units

/// Something that goes on a channel of its own, beside the frames.
public protocol TapeEntry {
    static var kind: TapeKind { get }
    var at: Moment { get }
    func write(to line: inout JSONLine)
}

/// Something is missing from the tape or from the feed, from here back to the entry before.
public struct GapEntry: TapeEntry, Equatable, Sendable {
    public enum Cause: String, CaseIterable, Sendable {
        /// Numbers that were sent and never arrived.
        case sequence
        /// A message that was no message of the contract. It is on the tape as it came.
        case fault
        /// Not two parts: dropped at the socket.
        case malformed
        /// The recorder could not keep up with its own device: so many messages are not on the tape.
        case disk
        /// A feed that was silent for longer than allowed.
        case silence
    }

    public static let kind = TapeKind.gaps
    public var at: Moment
    public var cause: Cause
    /// The feed's topic; empty where it concerns all.
    public var stream: String
    public var missing: UInt64

    public init(at: Moment, cause: Cause, stream: String, missing: UInt64) {
        self.at = at
        self.cause = cause
        self.stream = stream
        self.missing = missing
    }

    public func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("cause", cause.rawValue)
        line.field("stream", stream)
        line.field("missing", missing)
    }
}

/// The configuration in force.
public struct ConfigurationEntry: TapeEntry, Equatable, Sendable {
    public static let kind = TapeKind.configuration
    public var at: Moment
    public var file: String
    public var text: String

    public init(at: Moment, file: String, text: String) {
        self.at = at
        self.file = file
        self.text = text
    }

    public func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("file", file)
        line.field("sha256", SHA256.hex(of: Array(text.utf8)))
        line.field("text", text)
    }
}

/// A row of a source that is no feed, by its columns.
public struct HistoryEntry: TapeEntry, Equatable, Sendable {
    public static let kind = TapeKind.history
    public var at: Moment
    public var source: String
    public var line: Int
    /// The row as it stands in the source, under the source's header.
    public var header: String
    public var row: String

    public init(at: Moment, source: String, line: Int, header: String, row: String) {
        self.at = at
        self.source = source
        self.line = line
        self.header = header
        self.row = row
    }

    public func write(to json: inout JSONLine) {
        json.field("source", source)
        json.field("line", UInt64(line))
        json.field("header", header)
        json.field("row", row)
    }
}
