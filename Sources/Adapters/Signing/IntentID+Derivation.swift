public import Submission

extension IntentID {
    /// The name of a decision: the first 16 bytes of SHA-256 over the opportunity's text and the count of the decisions
    /// taken on it. The same decision on the same state has the same name in every process and after every restart.
    public init(_ opportunity: Opportunity, decision: UInt32) {
        let digest = Digest(of: Array("\(opportunity.text)#\(decision)".utf8))
        self.init(bits: digest.bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
    }
}
