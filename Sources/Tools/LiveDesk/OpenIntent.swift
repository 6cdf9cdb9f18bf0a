import Submission
import Units

/// An intent on its way: its record, where it stands, and what is under way for it.
struct OpenIntent {
    /// What the HTTP answer that is awaited belongs to.
    enum Request {
        case post(number: Int, began: Moment)
        case status
    }

    let record: IntentRecord
    var machine: SubmissionMachine
    /// `nil` for an intent of an earlier run: the engine does not know it.
    let ordinal: UInt64?
    var request: Request?
    /// Figures of an ending, from the answer that told it.
    var figures = SettlementFigures.nothing
    var isPastDeadline = false
}
