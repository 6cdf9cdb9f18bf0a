public import Search

/// A trial as a study file holds it: a point, the tapes that it was tried on, and what came of it.
///
/// What a study file does not need to know of a trial (bids, hashes) goes along as attributes.
public struct StudyTrial: Equatable, Sendable {
    public enum State: Int, Equatable, Sendable {
        // Numbers of Optuna's `TrialState`.
        case running = 0
        case complete = 1
        case failed = 3
    }

    /// Of all studies of the file together.
    public let id: Int
    /// Which of the file's studies it belongs to.
    public let study: Int
    public var state: State
    public let point: SpacePoint
    /// The positions of the tapes that it is tried on.
    public let tapes: [Int]
    public var outcome: StudyOutcome?

    /// Whether not all of its beginning is there.
    var isCutOff: Bool { state == .running && (tapes.isEmpty || point.values.contains(where: \.isNaN)) }
}

/// What a trial came to.
public struct StudyOutcome: Equatable, Sendable {
    /// By position of the fold.
    public var folds: [Int: Double]
    /// The mean over the folds.
    public var value: Double
    public var maxDrawdown: Double
    public var failedGas: Double
    /// Of each fold, by its position, as in `folds`.
    public var foldDrawdowns: [Int: Double]
    public var foldFailedGas: [Int: Double]
    public var decisionHash: String

    public init(
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
public struct StudyFault: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Equatable, Sendable {
        case cannotOpen, cannotWrite, isLocked, badLine, otherStudy
    }

    public let code: Code
    public let file: String
    public let found: String
    public let allowed: String

    public init(_ code: Code, file: String, found: String, allowed: String) {
        (self.code, self.file, self.found, self.allowed) = (code, file, found, allowed)
    }

    public var description: String { "\(file): \(code.rawValue): found \(found); allowed: \(allowed)" }
}
