public import Domain
public import Margin
public import Units

/// How an account is watched, in dollars of 18 decimals. Without other collateral there is one condition, and it is linear.
/// With it there are three: the excess is the least of three linear ones, and its slopes lie between theirs.
extension PerpetualRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        // Nothing but a base's position pays funding, and its size has 18 decimals.
        PerpetualReading.reading(of: factor, fundingPerValue: Self.fundingDivisor, in: reserves)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let account = CurieAccount(factors, amounts, reserves), let excess = account.excess else { return false }
        let bends = account.hasCollateral
        let rounding = 4 * Double(factors.count) + 4
        if bends { form.begin(excess: excess.approximate, rounding: rounding) } else { form.allowance = rounding }
        let nearest = NearestCondition(account, excess)
        for leg in factors.indices {
            let conditions: CurieSlopes
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .cash(let balance):
                if !bends { form.constant += balance.approximate * account.terms.cashScale.approximate }
                continue
            case .collateral(let instrument, let amount):
                guard let weight = reserves.parameter(.collateralWeight, of: instrument) else { return false }
                conditions = CurieSlopes(
                    collateral: amount.approximate * weight.approximate / 1e18, account.terms)
            case .position(let position):
                guard addFunding(position, bends, reserves, &form) else { return false }
                conditions = CurieSlopes(size: position.size.approximate, account)
            case .nothing, nil: continue
            }
            guard let place = place(of: factors[leg], in: reserves) else { return false }
            if bends {
                form.addLocal(
                    factors[leg], at: place.value, slope: conditions.slope(nearest),
                    within: SlopeBounds(
                        conditions.lowest, conditions.highest, halfWidth: place.value * Self.reach))
            } else {
                form.add(factors[leg], weight: conditions.byValue)
            }
        }
        return true
    }

    private func addFunding(
        _ position: PerpetualPosition, _ bends: Bool, _ reserves: borrowing ReserveTable, _ form: inout AccountForm
    ) -> Bool {
        let weight = -position.size.approximate / Self.fundingDivisor
        guard let funding = place(of: position.funding, in: reserves) else { return false }
        if bends {
            form.addLocal(position.funding, at: funding.value, weight: weight, scale: funding.scale)
        } else {
            form.addFunding(position.funding, weight: weight, since: position.settledFunding.approximate)
            form.constant += position.entry.approximate
        }
        return true
    }

    private static let fundingDivisor = 86_400e18
    /// How far a local form reaches, as a share of each price. Its bounds hold everywhere.
    private static let reach = 0.5
}

/// Which condition is the nearest one.
enum NearestCondition {
    case value, share, bound

    init(_ account: CurieAccount, _ excess: Int256) {
        guard account.hasCollateral, account.byValue != excess else {
            self = .value
            return
        }
        self = account.byShare == excess ? .share : .bound
    }
}

/// By how much each condition moves with one factor.
struct CurieSlopes {
    let byValue: Double
    let byShare: Double
    let byBound: Double

    init(size: Double, _ account: CurieAccount) {
        let (flat, higher) = (account.terms.maintenance, account.terms.collateralMaintenance)
        let ratio = account.hasCollateral ? max(flat, higher) : flat
        byValue = size - abs(size) * ratio.approximate / 1e18
        (byShare, byBound) = (size, size)
    }

    init(collateral counted: Double, _ terms: CurieTerms) {
        byValue = counted
        byShare = counted * terms.debtRatio.approximate / 1e18
        byBound = 0
    }

    var lowest: Double { min(byValue, min(byShare, byBound)) }
    var highest: Double { max(byValue, max(byShare, byBound)) }

    func slope(_ nearest: NearestCondition) -> Double {
        switch nearest {
        case .value: byValue
        case .share: byShare
        case .bound: byBound
        }
    }
}
