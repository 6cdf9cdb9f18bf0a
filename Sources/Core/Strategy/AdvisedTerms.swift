package import Mechanisms
package import Units

/// What an outside model asks for in a bid. What is absent is chosen here; what is given is simulated like everything else.
package struct AdvisedTerms: Equatable, Sendable {
    /// The pair that it was asked about.
    package var pair: LiquidationPair
    package var repay: TokenAmount?
    package var priorityFee: GasPrice?

    package init(_ pair: LiquidationPair, repay: TokenAmount?, priorityFee: GasPrice?) {
        self.pair = pair
        self.repay = repay
        self.priorityFee = priorityFee
    }
}
