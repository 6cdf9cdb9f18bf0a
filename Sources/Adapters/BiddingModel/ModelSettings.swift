public import Units

/// How a model is run and how much is asked of it.
public struct ModelSettings: Equatable, Sendable {
    /// The program and its words.
    public var command: [String]
    public var mode: String
    /// How long its hello is waited for after a start.
    public var helloWithin = Interval.seconds(2)
    /// The first pause before it is started again; doubled each time, up to the longest.
    public var pause = Interval.milliseconds(100)
    public var pauseMax = Interval.seconds(30)
    public var questionsMax = 256
    public var lineBytesMax = 65_536
    /// Bytes that may wait for it to read.
    public var backlogBytesMax = 1 << 20
    /// So many faulty lines in a row without a usable one, and it is started again.
    public var faultsMax = 1_000
    /// Where every line of both sides is written, with its time; `nil` for nowhere.
    public var transcript: String?

    public init(command: [String], mode: String) {
        self.command = command
        self.mode = mode
    }
}

/// Totals since the start; nothing of a model is lost without being counted.
public struct ModelCounters: Equatable, Sendable {
    public var starts: UInt64 = 0
    public var asked: UInt64 = 0
    public var bids: UInt64 = 0
    public var noBids: UInt64 = 0
    public var absences: [ModelAbsence: UInt64] = [:]
    public var faults: [ModelFault: UInt64] = [:]

    public init() {}
}
