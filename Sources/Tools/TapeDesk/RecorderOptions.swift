public import TapeContent
public import Units

/// What is recorded, and where to.
public struct RecorderOptions: Sendable {
    public var endpoints: [String]
    public var topics: [String]
    public var highWaterMark: Int32 = 65_536
    public var folder: String
    /// What names of files begin with.
    public var prefix = "feed"
    /// A file is closed when it has reached one of these; `nil` is never.
    public var rotateBytes: UInt64?
    public var rotateEvery: Interval?
    /// Of the run; part and start are filled in for each file.
    public var manifest = RunManifest()
    public var configuration: (file: String, text: String)?
    /// The rules by whose names markets are understood, for the counts of what is faulty.
    public var ruleNames: [String] = []

    public init(endpoints: [String], topics: [String], folder: String) {
        self.endpoints = endpoints
        self.topics = topics
        self.folder = folder
    }
}

/// What was recorded so far.
public struct RecorderCounts: Equatable, Sendable, Encodable {
    public internal(set) var frames: UInt64 = 0
    public internal(set) var files: [String] = []
    /// Bytes of the files, packed.
    public internal(set) var bytes: UInt64 = 0
    /// Bytes of topics and bodies.
    public internal(set) var payload: UInt64 = 0
    public internal(set) var streams = 0
    /// Messages that were sent and never arrived.
    public internal(set) var missing: UInt64 = 0
    /// Messages that are none of the contract's; they are on the tape.
    public internal(set) var faulty: UInt64 = 0
    /// Messages of other than two parts; they are not on the tape.
    public internal(set) var malformed: UInt64 = 0
    public internal(set) var gaps: UInt64 = 0
    public internal(set) var slowestWrite = Interval(nanoseconds: 0)

    enum CodingKeys: String, CodingKey {
        case frames, files, bytes, payload, streams, missing, faulty, malformed, gaps
    }
}
