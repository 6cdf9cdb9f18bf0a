package import Units

/// What an outside model asks for in a bid. What is absent is chosen here; what is given is simulated like everything else.
package struct AdvisedTerms: Equatable, Sendable {
    package var repay: TokenAmount?
    package var priorityFee: GasPrice?

    package init(repay: TokenAmount?, priorityFee: GasPrice?) {
        self.repay = repay
        self.priorityFee = priorityFee
    }
}
