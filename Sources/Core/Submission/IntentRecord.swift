package import Units

/// One line of a request's head.
package struct RequestHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request exactly as it leaves: made once, journalled, and sent again only byte for byte.
package struct RequestBytes: Hashable, Sendable {
    package let path: String
    package let headers: [RequestHeader]
    package let body: [UInt8]

    package init(path: String, headers: [RequestHeader], body: [UInt8]) {
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// Everything that must outlive the process about one decided action: enough to send it again, to ask about it, and to
/// account for it. Immutable; where it stands is a `SubmissionState` beside it.
package struct IntentRecord: Equatable, Sendable {
    package let id: IntentID
    package let opportunity: Opportunity
    /// The engine's number for it in the run that decided it.
    package let ordinal: UInt64
    package let request: RequestBytes
    /// Settled in this block or an earlier one, or not at all.
    package let deadline: BlockNumber
    package let repay: TokenAmount
    package let expectedProfit: Cash
    /// The most gas money it may use.
    package let gasCost: TokenAmount
    package let triggeredAt: Moment
    package let decidedAt: Moment

    package init(
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
