public import Mechanisms
public import Units

/// What an outside model asks for in a bid. What is absent is chosen here; what is given is simulated like everything else.
public struct AdvisedTerms: Equatable, Sendable {
    /// The pair that it was asked about.
    public var pair: LiquidationPair
    public var repay: TokenAmount?
    public var priorityFee: GasPrice?

    public init(_ pair: LiquidationPair, repay: TokenAmount?, priorityFee: GasPrice?) {
        self.pair = pair
        self.repay = repay
        self.priorityFee = priorityFee
    }
}
