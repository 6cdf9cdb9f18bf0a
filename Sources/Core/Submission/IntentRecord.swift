public import Units

/// One line of a request's head.
public struct RequestHeader: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request exactly as it leaves: made once, journalled, and sent again only byte for byte.
public struct RequestBytes: Hashable, Sendable {
    public let path: String
    public let headers: [RequestHeader]
    public let body: [UInt8]

    public init(path: String, headers: [RequestHeader], body: [UInt8]) {
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// Everything that must outlive the process about one decided action: enough to send it again, to ask about it, and to
/// account for it. Immutable; where it stands is a `SubmissionState` beside it.
public struct IntentRecord: Equatable, Sendable {
    public let id: IntentID
    public let opportunity: Opportunity
    /// The engine's number for it in the run that decided it.
    public let ordinal: UInt64
    public let request: RequestBytes
    /// Settled in this block or an earlier one, or not at all.
    public let deadline: BlockNumber
    public let repay: TokenAmount
    public let expectedProfit: Cash
    /// The most gas money it may use.
    public let gasCost: TokenAmount
    public let triggeredAt: Moment
    public let decidedAt: Moment

    public init(
        id: IntentID, opportunity: Opportunity, ordinal: UInt64, request: RequestBytes, deadline: BlockNumber,
        repay: TokenAmount, expectedProfit: Cash, gasCost: TokenAmount, triggeredAt: Moment, decidedAt: Moment
    ) {
        self.id = id
        self.opportunity = opportunity
        self.ordinal = ordinal
        self.request = request
        self.deadline = deadline
        self.repay = repay
        self.expectedProfit = expectedProfit
        self.gasCost = gasCost
        self.triggeredAt = triggeredAt
        self.decidedAt = decidedAt
    }
}
