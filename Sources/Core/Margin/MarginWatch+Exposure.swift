package import Domain

/// What moves an account, here and now: its excess, and by how much a typical move of each factor changes it.
package struct Exposure: Equatable, Sendable {
    package var excess: Double
    /// Signed: slope · scale, in the order of the account's form.
    package var moves: [FactorMove]

    package struct FactorMove: Equatable, Sendable {
        package var factor: FactorIndex
        package var change: Double

        package init(factor: FactorIndex, change: Double) {
            self.factor = factor
            self.change = change
        }
    }

    package init(excess: Double, moves: [FactorMove]) {
        self.excess = excess
        self.moves = moves
    }
}

extension MarginWatch {
    /// `nil` when the account is not watched. For ranking and reports: it makes a form and allocates.
    package func exposure(of account: AccountIndex) -> Exposure? {
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
