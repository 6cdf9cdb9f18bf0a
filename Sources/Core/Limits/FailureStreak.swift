public import Domain

/// Failures since the last success. Too many in a row halt: something is wrong that a next try does not mend.
///
/// Being outbid is no failure of ours; an expired or refused request is, and so is a revert.
public struct FailureStreak: Equatable, Sendable {
    public private(set) var count: UInt32 = 0

    public init() {}

    public mutating func add(_ ending: IntentOutcome.Ending) {
        switch ending {
        case .settled: count = 0
        case .outbid: break
        case .reverted, .expired, .rejected: count += count < .max ? 1 : 0
        }
    }

    public func isExceeded(_ limit: UInt32?) -> Bool { limit.map { count >= $0 } ?? false }
}
