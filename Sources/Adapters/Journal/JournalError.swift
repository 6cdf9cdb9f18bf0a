/// Why the journal did not do what it was asked. Facts only: which file, which thing in it, and what SQLite said.
public struct JournalError: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        /// Another process, or another part of this one, has it open.
        case inUse
        /// Written by a newer version of this program.
        case newerSchema
        /// A journal of the other mode: paper and live money are never mixed.
        case otherMode
        /// An SQLite file, or any file, that is not a journal.
        case notAJournal
        /// What is written in it contradicts itself.
        case corrupt
        case cannotOpen
        /// No room, on the device or below the journal's own bound. Nothing of the transaction was written.
        case full
        /// The device failed. What was written last is uncertain: stop and reopen.
        case device
        /// An unfinished intent has this opportunity already.
        case opportunityTaken
        /// An intent has this id already.
        case idTaken
        /// There is no unfinished intent with this id in this state.
        case notInState
        /// A setting that safety rests on could not be made.
        case setting
    }

    public let code: Code
    public let file: String
    /// The intent, opportunity, mode or setting that it is about; empty when it is the file itself.
    public let subject: String
    /// SQLite's extended result code; zero when it was not SQLite that refused.
    public let sqlite: Int32

    public init(_ code: Code, file: String, subject: String = "", sqlite: Int32 = 0) {
        self.code = code
        self.file = file
        self.subject = subject
        self.sqlite = sqlite
    }

    /// Whether the same call may succeed later without anybody's repair.
    public var isRetriable: Bool { code == .full || code == .inUse }
}
