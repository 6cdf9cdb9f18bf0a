package import Search

/// A trial as a study file holds it: a point, the tapes that it was tried on, and what came of it.
///
/// What a study file does not need to know of a trial (bids, hashes) goes along as attributes.
package struct StudyTrial: Equatable, Sendable {
    package enum State: Int, Equatable, Sendable {
        // Numbers of Optuna's `TrialState`.
        case running = 0
        case complete = 1
        case failed = 3
    }

    /// Of all studies of the file together.
    package let id: Int
    /// Which of the file's studies it belongs to.
    package let study: Int
    package var state: State
    package let point: SpacePoint
    /// The positions of the tapes that it is tried on.
    package let tapes: [Int]
    package var outcome: StudyOutcome?

    /// Whether not all of its beginning is there.
    var isCutOff: Bool { state == .running && (tapes.isEmpty || point.values.contains(where: \.isNaN)) }
}

/// What a trial came to.
package struct StudyOutcome: Equatable, Sendable {
    /// By position of the fold.
    package var folds: [Int: Double]
    /// The mean over the folds.
    package var value: Double
    package var maxDrawdown: Double
    package var failedGas: Double
    /// Of each fold, by its position, as in `folds`.
    package var foldDrawdowns: [Int: Double]
    package var foldFailedGas: [Int: Double]
    package var decisionHash: String

    package init(
        folds: [Int: Double], value: Double, maxDrawdown: Double, failedGas: Double, decisionHash: String,
        foldDrawdowns: [Int: Double] = [:], foldFailedGas: [Int: Double] = [:]
    ) {
        self.folds = folds
        self.value = value
        self.maxDrawdown = maxDrawdown
        self.failedGas = failedGas
        self.foldDrawdowns = foldDrawdowns
        self.foldFailedGas = foldFailedGas
        self.decisionHash = decisionHash
    }
}

/// What a study file cannot be.
package struct StudyFault: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Equatable, Sendable {
        case cannotOpen, cannotWrite, isLocked, badLine, otherStudy
    }

    package let code: Code
    package let file: String
    package let found: String
    package let allowed: String

    package init(_ code: Code, file: String, found: String, allowed: String) {
        (self.code, self.file, self.found, self.allowed) = (code, file, found, allowed)
    }

    package var description: String { "\(file): \(code.rawValue): found \(found); allowed: \(allowed)" }
}
