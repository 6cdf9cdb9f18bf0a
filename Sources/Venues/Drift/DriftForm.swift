public import Domain
public import Margin
public import Units

/// The linear form of a user: total collateral less margin requirement, in quote units of 6 decimals. The premium for size
/// does not bend it, since no price enters it.
extension DriftRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        PerpetualReading.reading(of: factor, fundingPerValue: Self.fundingDivisor, in: reserves)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let user = DriftUser(factors, amounts, reserves), user.isExposed else { return false }
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .cash(let balance): form.constant += balance.approximate
            case .collateral(let instrument, let amount):
                guard let weight = DriftMargin.spotWeight(of: instrument, amount, reserves) else { return false }
                form.add(factors[leg], weight: amount.approximate * weight.share)
                // Its worth is cut to whole units, and what counts of it again.
                form.allowance += 2 + weight.share
            case .position(let position):
                guard let ratio = DriftMargin.positionRatio(position, reserves) else { return false }
                let size = position.size.approximate
                form.add(position.mark, weight: size - abs(size) * ratio.share)
                form.addFunding(
                    position.funding, weight: -size / Self.fundingDivisor,
                    since: position.settledFunding.approximate)
                form.constant += position.entry.approximate
                // Worth, funding and margin are each cut to whole units.
                form.allowance += 4 + ratio.share
            case .nothing, nil: continue
            }
        }
        return true
    }

    private static let fundingDivisor = 1e12
}

extension UInt256 {
    fileprivate var share: Double { approximate / DriftMargin.ratioUnit.approximate }
}
