public import Submission

extension ResponseClass {
    /// What the answer to a sent intent means, by the venue's HTTP contract, version 1.
    ///
    /// | answer | meaning |
    /// |---|---|
    /// | 202 | accepted |
    /// | 200 | known: held already, with the same bytes |
    /// | 400, 401, 403, 404, 413, 422 | definite refusal: this copy will not be executed |
    /// | 429, 503 | not accepted |
    /// | no byte left us | not accepted |
    /// | anything else | ambiguous |
    ///
    /// 409 says that the id is held with other bytes, which we never send: what is held has to be asked for.
    public init(_ ending: HTTPResult.Ending) {
        self =
            switch ending {
            case .answered(status: 202, _, _): .accepted
            case .answered(status: 200, _, _): .known
            case .answered(let status, _, _) where Self.definiteRefusals.contains(status): .definiteRefusal
            case .answered(status: 429, _, let retryAfter), .answered(status: 503, _, let retryAfter):
                .notAccepted(retryAfter: retryAfter)
            case .failed(let failure) where !failure.mayHaveLeft: .notAccepted(retryAfter: nil)
            case .answered, .failed: .ambiguous
            }
    }

    private static let definiteRefusals: Set<Int> = [400, 401, 403, 404, 413, 422]
}
