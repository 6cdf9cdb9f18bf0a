import Configuration
import Console
import Desk
import Domain
import HTTPSubmit
import Submission
import TapeContent
import Units

/// What goes on the run's own tape of the exchange with the venue, where there is one.
extension SubmissionWorker {
    /// Before it is sent.
    func record(sending method: String, _ path: String, _ body: [UInt8], of intent: OpenIntent) {
        guard let tape else { return }
        tape.post(
            .request(
                RequestEntry(
                    at: Clock.wall, intent: intent.record.id.text, ordinal: intent.ordinal, method: method, host: host,
                    path: path, body: body)))
    }

    /// An answer, or the failure to get one.
    func record(_ result: HTTPResult, to method: String, of intent: OpenIntent, meaning: String) {
        guard let tape else { return }
        let (status, bytes): (Int, Int) =
            switch result.ending {
            case .answered(let status, let body, _): (status, body.count)
            case .failed: (0, 0)
            }
        tape.post(
            .response(
                ResponseEntry(
                    at: Clock.wall, intent: intent.record.id.text, ordinal: intent.ordinal, method: method,
                    status: UInt64(max(0, status)), meaning: result.failure ?? meaning, took: result.timings.total,
                    bodyBytes: UInt64(bytes))))
    }

    /// Where the venue is, without anything that may stand before it.
    private var host: String {
        let rest = venue.url.split(separator: "//", maxSplits: 1).last ?? ""
        let place = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(place.split(separator: "@").last ?? "")
    }
}

extension HTTPResult {
    fileprivate var failure: String? {
        if case .failed(let failure) = ending { failure.kind.rawValue } else { nil }
    }
}

extension ResponseClass {
    /// Without what it holds.
    var word: String {
        switch self {
        case .accepted: "accepted"
        case .known: "known"
        case .definiteRefusal: "definiteRefusal"
        case .notAccepted: "notAccepted"
        case .ambiguous: "ambiguous"
        }
    }
}

extension StatusReply {
    /// The same for what a question after an intent came to.
    var word: String {
        switch self {
        case .pending: "pending"
        case .ended(let ending): "\(ending)"
        case .unknownID: "unknownID"
        case .unavailable: "unavailable"
        }
    }
}
