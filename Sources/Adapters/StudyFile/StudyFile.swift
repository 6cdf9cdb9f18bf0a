internal import Foundation
internal import Glibc
public import Search

/// The file of a study: trials are added at its end, each on the disk before anybody builds on it, and read back when a study goes on.
///
/// One process writes it (a lock on the file says so); several studies of one space may be in it. A last line that a kill cut off
/// is taken away on opening. One thread. Example: `let file = try StudyFile("study.journal", space: space, writer: "bailiff")`.
public final class StudyFile {
    public private(set) var trials: [StudyTrial]
    public private(set) var studies: [String]
    /// By study and name, as JSON.
    public private(set) var attributes: [Int: [String: String]]
    private let path: String
    private let descriptor: Int32
    private let space: SearchSpace
    private let line: JournalLine

    public init(_ path: String, space: SearchSpace, writer: String) throws(StudyFault) {
        self.path = path
        self.space = space
        line = JournalLine(writer: writer)
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StudyFault(.cannotOpen, file: path, found: Self.lastError, allowed: "a file to read and write")
        }
        self.descriptor = descriptor
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StudyFault(.isLocked, file: path, found: "another process writes it", allowed: "one at a time")
        }
        do throws(StudyFault) {
            let found = try StudyReading(path, space: space)
            trials = found.trials
            studies = found.studies
            attributes = found.attributes
            guard ftruncate(descriptor, off_t(found.wholeBytes)) == 0 else {
                throw StudyFault(.cannotWrite, file: path, found: Self.lastError, allowed: "a file that can be cut")
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// The study of that name, made when it is not there yet.
    public func study(_ name: String) throws(StudyFault) -> Int {
        if let known = studies.firstIndex(of: name) { return known }
        try write(line.study(name))
        studies.append(name)
        return studies.count - 1
    }

    public func set(_ name: String, ofStudy study: Int, to json: String) throws(StudyFault) {
        guard attributes[study]?[name] != json else { return }
        try write(line.attribute(ofStudy: study, name, json))
        attributes[study, default: [:]][name] = json
    }

    /// A trial that begins. Returns its id. One whose beginning a kill cut off is begun again, under its id.
    public func begin(_ point: SpacePoint, onTapes tapes: [Int], inStudy study: Int) throws(StudyFault) -> Int {
        let cutOff = trials.last.flatMap { $0.isCutOff && $0.study == study ? $0.id : nil }
        let id = cutOff ?? trials.count
        var text = cutOff == nil ? line.trial(inStudy: study, at: Self.now) : ""
        for (parameter, value) in zip(space.parameters, point.values) {
            text += line.parameter(parameter, value, ofTrial: id)
        }
        text += line.attribute(ofTrial: id, "tapes", "\(tapes)")
        try write(text)
        if cutOff != nil { trials.removeLast() }
        trials.append(StudyTrial(id: id, study: study, state: .running, point: point, tapes: tapes))
        return id
    }

    /// How it ended; `nil`: it failed.
    ///
    /// - Parameter violations: of what is required of it, 0 or less where it is met.
    public func end(_ id: Int, _ outcome: StudyOutcome?, violations: [Double] = []) throws(StudyFault) {
        precondition(trials[id].state == .running, "Condition: a trial ends once")
        var text = ""
        if let outcome {
            for (step, value) in outcome.folds.sorted(by: { $0.key < $1.key }) {
                text += line.value(value, atStep: step, ofTrial: id)
            }
            text += line.attribute(ofTrial: id, "max_drawdown", "\(outcome.maxDrawdown)")
            text += line.attribute(ofTrial: id, "failed_gas", "\(outcome.failedGas)")
            // In the order of the folds; a study that has none of them says nothing.
            for (name, values) in [
                ("fold_drawdown", outcome.foldDrawdowns), ("fold_failed_gas", outcome.foldFailedGas),
            ] where !values.isEmpty {
                precondition(values.keys == outcome.folds.keys, "Condition: every fold has all of its figures")
                text += line.attribute(ofTrial: id, name, "\(values.sorted { $0.key < $1.key }.map(\.value))")
            }
            text += line.attribute(ofTrial: id, "decision_hash", quoted(outcome.decisionHash))
            if !violations.isEmpty { text += line.constraints(violations, ofTrial: id) }
        }
        text += line.end(outcome == nil ? .failed : .complete, outcome?.value, ofTrial: id, at: Self.now)
        try write(text)
        trials[id].state = outcome == nil ? .failed : .complete
        trials[id].outcome = outcome
    }

    /// On the disk when it returns.
    private func write(_ text: String) throws(StudyFault) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw StudyFault(.cannotWrite, file: path, found: Self.lastError, allowed: "room on the disk")
            }
            rest = rest.dropFirst(count)
        }
        guard fdatasync(descriptor) == 0 else {
            throw StudyFault(
                .cannotWrite, file: path, found: Self.lastError, allowed: "a disk that keeps what it is given")
        }
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    /// The time of day as Optuna reads it, in microseconds.
    private static var now: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'"
        return formatter.string(from: Date())
    }
}
