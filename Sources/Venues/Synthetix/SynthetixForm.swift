public import Domain
public import Margin
public import Units

/// How a Synthetix account is watched: available margin less maintenance less what the keepers would be paid, in dollars of
/// 18 decimals. All but the keepers' part is linear; that part bends, and its slopes are bounded everywhere.
extension SynthetixRules {
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        PerpetualReading.reading(of: factor, fundingPerValue: Self.decimal, in: reserves)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        guard let account = SynthetixAccount(factors, amounts, reserves), account.positions > 0,
            let excess = account.excess, let keeper = account.keeper
        else { return false }
        let slopes = KeeperSlopes(account, keeper)
        form.begin(excess: excess.approximate, rounding: 8 * Double(factors.count) + 8)
        // The most a keeper may be paid leaps when all collateral becomes worth nothing.
        if account.collateral.approximate < Self.dust { form.allowance += keeper.maximum.approximate }
        for leg in factors.indices {
            switch PerpetualHolding(at: leg, factors, amounts, in: reserves) {
            case .collateral(let instrument, let amount):
                guard let weight = reserves.unsigned(.collateralWeight, of: instrument),
                    let place = place(of: factors[leg], in: reserves)
                else { return false }
                let (held, share) = (amount.approximate, weight.approximate / Self.decimal)
                form.addLocal(
                    factors[leg], at: place.value, slope: held * (share - slopes.byCollateral),
                    within: SlopeBounds(
                        held * (share - slopes.byCollateralMost), held * share, halfWidth: place.value * Self.reach))
            case .position(let position):
                guard add(position, slopes, reserves, &form) else { return false }
            case .cash, .nothing, nil: continue
            }
        }
        return true
    }

    private func add(
        _ position: PerpetualPosition, _ slopes: KeeperSlopes, _ reserves: borrowing ReserveTable,
        _ form: inout AccountForm
    ) -> Bool {
        guard let margins = SynthetixMargins(position.instrument, reserves),
            let ratio = margins.maintenanceRatio(of: position.size.magnitude),
            let mark = place(of: position.mark, in: reserves), let funding = place(of: position.funding, in: reserves)
        else { return false }
        let size = position.size.approximate
        let straight = size - abs(size) * ratio.approximate / Self.decimal
        let reward = abs(size) * margins.flagReward.approximate / Self.decimal
        form.addLocal(
            position.mark, at: mark.value, slope: straight - reward * slopes.byFlags,
            within: SlopeBounds(straight - reward, straight, halfWidth: mark.value * Self.reach))
        form.addLocal(position.funding, at: funding.value, weight: size / Self.decimal, scale: funding.scale)
        return true
    }

    private static let decimal = 1e18
    /// How far a form reaches, as a share of each price: the bounds hold everywhere, but its collateral may not vanish.
    private static let reach = 0.5
    private static let dust = 1e6
}

/// How the keepers' reward moves: with the positions' rewards for flagging, and with the worth of all collateral.
struct KeeperSlopes {
    /// Here; between 0 and 1.
    var byFlags = 0.0
    /// Here; between 0 and the most.
    var byCollateral = 0.0
    let byCollateralMost: Double

    init(_ account: SynthetixAccount, _ keeper: KeeperTerms) {
        let share = keeper.collateralShare.approximate / 1e18
        let scaling = keeper.scaling.approximate / 1e18
        byCollateralMost = max(share, scaling)
        let (collateral, flags) = (account.collateral.approximate, account.flagRewards.approximate)
        let cost = keeper.flagCost.approximate + keeper.liquidateCost.approximate
        let least = max(cost + keeper.minimum.approximate, cost * (1 + keeper.profit.approximate / 1e18))
        let wanted = max(flags, collateral * share) + cost
        let most = account.collateral.isZero ? .infinity : collateral * scaling
        if most < min(max(least, wanted), keeper.maximum.approximate) {
            byCollateral = scaling
        } else if wanted > least, wanted < keeper.maximum.approximate {
            if flags >= collateral * share { byFlags = 1 } else { byCollateral = share }
        }
    }
}
