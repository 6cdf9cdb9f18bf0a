package import Units

/// Something that goes on a channel of its own, beside the frames.
package protocol TapeEntry {
    static var kind: TapeKind { get }
    var at: Moment { get }
    func write(to line: inout JSONLine)
}

/// Something is missing from the tape or from the feed, from here back to the entry before.
package struct GapEntry: TapeEntry, Equatable, Sendable {
    package enum Cause: String, CaseIterable, Sendable {
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

    package static let kind = TapeKind.gaps
    package var at: Moment
    package var cause: Cause
    /// The feed's topic; empty where it concerns all.
    package var stream: String
    package var missing: UInt64

    package init(at: Moment, cause: Cause, stream: String, missing: UInt64) {
        self.at = at
        self.cause = cause
        self.stream = stream
        self.missing = missing
    }

    package func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("cause", cause.rawValue)
        line.field("stream", stream)
        line.field("missing", missing)
    }
}

/// The configuration in force.
package struct ConfigurationEntry: TapeEntry, Equatable, Sendable {
    package static let kind = TapeKind.configuration
    package var at: Moment
    package var file: String
    package var text: String

    package init(at: Moment, file: String, text: String) {
        self.at = at
        self.file = file
        self.text = text
    }

    package func write(to line: inout JSONLine) {
        line.field("at_ns", at)
        line.field("file", file)
        line.field("sha256", SHA256.hex(of: Array(text.utf8)))
        line.field("text", text)
    }
}

/// A row of a source that is no feed, by its columns.
package struct HistoryEntry: TapeEntry, Equatable, Sendable {
    package static let kind = TapeKind.history
    package var at: Moment
    package var source: String
    package var line: Int
    /// The row as it stands in the source, under the source's header.
    package var header: String
    package var row: String

    package init(at: Moment, source: String, line: Int, header: String, row: String) {
        self.at = at
        self.source = source
        self.line = line
        self.header = header
        self.row = row
    }

    package func write(to json: inout JSONLine) {
        json.field("source", source)
        json.field("line", UInt64(line))
        json.field("header", header)
        json.field("row", row)
    }
}
