package import Units

/// How a model is run and how much is asked of it.
package struct ModelSettings: Equatable, Sendable {
    /// The program and its words.
    package var command: [String]
    package var mode: String
    /// How long its hello is waited for after a start.
    package var helloWithin = Interval.seconds(2)
    /// The first pause before it is started again; doubled each time, up to the longest.
    package var pause = Interval.milliseconds(100)
    package var pauseMax = Interval.seconds(30)
    package var questionsMax = 256
    package var lineBytesMax = 65_536
    /// Bytes that may wait for it to read.
    package var backlogBytesMax = 1 << 20
    /// So many faulty lines in a row without a usable one, and it is started again.
    package var faultsMax = 1_000
    /// Where every line of both sides is written, with its time; `nil` for nowhere.
    package var transcript: String?

    package init(command: [String], mode: String) {
        self.command = command
        self.mode = mode
    }
}

/// Totals since the start; nothing of a model is lost without being counted.
package struct ModelCounters: Equatable, Sendable {
    package var starts: UInt64 = 0
    package var asked: UInt64 = 0
    package var bids: UInt64 = 0
    package var noBids: UInt64 = 0
    package var absences: [ModelAbsence: UInt64] = [:]
    package var faults: [ModelFault: UInt64] = [:]

    package init() {}
}
