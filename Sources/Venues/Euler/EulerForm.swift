public import Domain
public import Margin
public import Units

/// How an Euler account is watched. Excess is in the unit of account times 10 000.
///
/// Linear while every LTV stands still. While one is coming down the account moves with price times time: a local form,
/// that holds while prices stay within a quarter of here and time within a day.
extension EulerRules {
    /// Beside the prices the clock is a factor: the accrual side of the market's cash asset, in seconds.
    public func reading(of factor: FactorIndex, in reserves: borrowing ReserveTable) -> FactorReading? {
        guard let row = reserves.row(factor.reserve) else { return nil }
        if factor.side == .accrual {
            guard reserves.conditions(of: row.market)?.cash == factor.reserve else { return nil }
            return FactorReading(fixed: Double(Self.clock(of: row.market, reserves)), scale: Self.clockScale)
        }
        guard factor.side != .entry, let price = row.price else { return nil }
        var perPrice = 1 / row.unit.approximate
        if factor.side == .debt { perPrice *= row.borrowIndex.value.approximate / 1e27 / Self.owedUnit.approximate }
        let share = Double(row.scalePartsPerMillion) / 1e6
        return FactorReading(perPrice: perPrice, scale: price.baseUnits.approximate * perPrice * share)
    }

    public func form(
        factors: Span<FactorIndex>, amounts: Span<TokenAmount>, traits: AccountTraits,
        in reserves: borrowing ReserveTable, into form: inout AccountForm
    ) -> Bool {
        let isMoving = Self.anyIsMoving(factors, reserves)
        var owes = false
        for leg in factors.indices where amounts[leg] > 0 {
            let reserve = factors[leg].reserve
            guard let row = reserves.row(reserve) else { return false }
            switch factors[leg].side {
            case .collateral:
                guard let threshold = EulerThreshold(reserve, reserves) else { return false }
                // An LTV of zero asks no oracle.
                guard threshold.target > 0 || threshold.isMoving(at: Self.clock(of: row.market, reserves))
                else { continue }
                guard row.price != nil else { return false }
                if isMoving {
                    addMoving(leg, factors, amounts, threshold, row, reserves, &form)
                } else {
                    form.add(factors[leg], weight: amounts[leg].approximate * Double(threshold.target))
                }
                form.allowance += 2 * 10_000
            case .debt:
                guard let settled = Self.accumulator(of: reserve, factors, amounts), settled > 0, let price = row.price
                else { return false }
                let weight = -10_000 * amounts[leg].approximate / (settled.approximate / 1e27)
                addDebt(factors[leg], weight, isMoving, reserves, &form)
                // The debt is rounded to whole token units, its value to whole units.
                form.allowance += 10_000 * (1 + Self.priceRange * price.baseUnits.approximate / row.unit.approximate)
                owes = true
            case .accrual, .entry: continue
            }
        }
        return owes
    }

    private func addDebt(
        _ factor: FactorIndex, _ weight: Double, _ isMoving: Bool, _ reserves: borrowing ReserveTable,
        _ form: inout AccountForm
    ) {
        guard isMoving, let value = value(of: factor, reserves) else { return form.add(factor, weight: weight) }
        form.constant += weight * value
        form.allowance += Self.roundingError * abs(weight * value)
        form.add(
            factor, slope: weight, bounds: SlopeBounds(weight, weight, halfWidth: Self.priceBox * value))
    }

    /// A collateral whose LTV may be falling: within the box its slope in the price lies between the LTVs of the box's
    /// two ends, and its slope in time between the fastest fall at the highest price and none.
    private func addMoving(
        _ leg: Int, _ factors: Span<FactorIndex>, _ amounts: Span<TokenAmount>, _ threshold: EulerThreshold,
        _ row: Reserve, _ reserves: borrowing ReserveTable, _ form: inout AccountForm
    ) {
        guard let value = value(of: factors[leg], reserves), let cash = reserves.conditions(of: row.market)?.cash
        else { return }
        let now = Self.clock(of: row.market, reserves)
        let balance = amounts[leg].approximate
        let points = Double(threshold.points(at: now))
        form.constant += balance * value * points
        form.allowance += Self.roundingError * balance * value * points
        let bounds = SlopeBounds(
            balance * Double(threshold.points(at: now + Self.timeBox)),
            balance * Double(threshold.points(at: now - Self.timeBox) + 1), halfWidth: Self.priceBox * value)
        form.add(factors[leg], slope: balance * points, bounds: bounds)
        guard threshold.isMoving(at: now - Self.timeBox) else { return }
        let steepest = -balance * value * (1 + Self.priceBox) * threshold.slope
        form.add(
            FactorIndex(cash, .accrual), slope: steepest,
            bounds: SlopeBounds(steepest, 0, halfWidth: Double(Self.timeBox)))
        // The LTV is cut to whole basis points on its way: up to one of them at either end.
        form.allowance += 2 * balance * value * (1 + Self.priceBox)
    }

    private func value(of factor: FactorIndex, _ reserves: borrowing ReserveTable) -> Double? {
        guard let reading = reading(of: factor, in: reserves), let price = reserves.price(of: factor.reserve)
        else { return nil }
        return reading.fixed + reading.perPrice * price.baseUnits.approximate
    }

    private static func anyIsMoving(_ factors: Span<FactorIndex>, _ reserves: borrowing ReserveTable) -> Bool {
        for leg in factors.indices where factors[leg].side == .collateral {
            guard let row = reserves.row(factors[leg].reserve),
                let threshold = EulerThreshold(factors[leg].reserve, reserves)
            else { continue }
            if threshold.isMoving(at: clock(of: row.market, reserves)) { return true }
        }
        return false
    }

    private static let clockScale = 60.0
    /// What the doubles of a local form may be off by, relative to what they add up; generously.
    private static let roundingError = 1e-12
    /// How far a local form reaches: as a share of each price, and in seconds.
    private static let priceBox = 0.25
    private static let timeBox: Int64 = 86_400
    /// How far above its present value a price may go before the account is weighed anew: the watch anchors its scales
    /// within a factor of four of the price, either way.
    private static let priceRange = 16.0
}

extension EulerThreshold {
    /// How fast it falls while it does, in basis points a second.
    fileprivate var slope: Double {
        target < initial && duration > 0 ? Double(initial - target) / Double(duration) : 0
    }
}
