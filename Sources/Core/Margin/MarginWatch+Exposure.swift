public import Domain

/// What moves an account, here and now: its excess, and by how much a typical move of each factor changes it.
public struct Exposure: Equatable, Sendable {
    public var excess: Double
    /// Signed: slope · scale, in the order of the account's form.
    public var moves: [FactorMove]

    public struct FactorMove: Equatable, Sendable {
        public var factor: FactorIndex
        public var change: Double

        public init(factor: FactorIndex, change: Double) {
            self.factor = factor
            self.change = change
        }
    }

    public init(excess: Double, moves: [FactorMove]) {
        self.excess = excess
        self.moves = moves
    }
}

extension MarginWatch {
    /// `nil` when the account is not watched. For ranking and reports: it makes a form and allocates.
    public func exposure(of account: AccountIndex) -> Exposure? {
        var form = AccountForm()
        guard fill(&form, for: account) else { return nil }
        var exposure = Exposure(excess: form.constant, moves: [])
        for i in form.factors.indices {
            let factor = form.factors[i]
            if !form.isLocal { exposure.excess += form.slopes[i] * index.value(of: factor) }
            exposure.moves.append(
                Exposure.FactorMove(factor: factor, change: form.slopes[i] * index.scale(of: factor)))
        }
        return exposure
    }
}
