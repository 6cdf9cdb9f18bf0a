package import TapeContent
package import Units

/// What is recorded, and where to.
package struct RecorderOptions: Sendable {
    package var endpoints: [String]
    package var topics: [String]
    package var highWaterMark: Int32 = 65_536
    package var folder: String
    /// What names of files begin with.
    package var prefix = "feed"
    /// A file is closed when it has reached one of these; `nil` is never.
    package var rotateBytes: UInt64?
    package var rotateEvery: Interval?
    /// Of the run; part and start are filled in for each file.
    package var manifest = RunManifest()
    package var configuration: (file: String, text: String)?
    /// The rules by whose names markets are understood, for the counts of what is faulty.
    package var ruleNames: [String] = []

    package init(endpoints: [String], topics: [String], folder: String) {
        self.endpoints = endpoints
        self.topics = topics
        self.folder = folder
    }
}

/// What was recorded so far.
package struct RecorderCounts: Equatable, Sendable, Encodable {
    package internal(set) var frames: UInt64 = 0
    package internal(set) var files: [String] = []
    /// Bytes of the files, packed.
    package internal(set) var bytes: UInt64 = 0
    /// Bytes of topics and bodies.
    package internal(set) var payload: UInt64 = 0
    package internal(set) var streams = 0
    /// Messages that were sent and never arrived.
    package internal(set) var missing: UInt64 = 0
    /// Messages that are none of the contract's; they are on the tape.
    package internal(set) var faulty: UInt64 = 0
    /// Messages of other than two parts; they are not on the tape.
    package internal(set) var malformed: UInt64 = 0
    package internal(set) var gaps: UInt64 = 0
    package internal(set) var slowestWrite = Interval(nanoseconds: 0)

    enum CodingKeys: String, CodingKey {
        case frames, files, bytes, payload, streams, missing, faulty, malformed, gaps
    }
}
