import Options

/// Margin option by option: each short one needs its mark and a share of the spot; long ones bring nothing but a limit to
/// what an expiry can lose, where the venue looks at that.
///
/// Derive's Standard Manager (`mechanics.md` 8.2) and Deribit's standard margin (8.6) are two settings of it.
public struct IsolatedMargin: Sendable {
    /// Of the spot, for a short option: most when at the money or in it, less by how far it is out, but not below the least.
    public var initialMost: Double
    public var initialLeast: Double
    public var maintenanceCall: Double
    public var maintenancePut: Double
    /// Of the mark, if that is more than the share of the spot.
    public var maintenancePutMark: Double
    /// A put's initial requirement is at least so many of its maintenance requirement; 1 where the venue says no more.
    public var putOffset: Double
    /// Shares of the forward for each call short of the longs, when an expiry counts with its worst payoff; `nil` where a
    /// venue does not look at payoffs.
    public var unpaired: FutureRequirement?
    /// Of a future's notional; `nil` where each instrument carries its own.
    public var future: FutureRequirement?
    /// The share of the base's counted value that also counts for new positions.
    public var baseInitial: Double

    public init(
        initialMost: Double, initialLeast: Double, maintenanceCall: Double, maintenancePut: Double,
        maintenancePutMark: Double, putOffset: Double, unpaired: FutureRequirement?, future: FutureRequirement?,
        baseInitial: Double = 1
    ) {
        self.initialMost = initialMost
        self.initialLeast = initialLeast
        self.maintenanceCall = maintenanceCall
        self.maintenancePut = maintenancePut
        self.maintenancePutMark = maintenancePutMark
        self.putOffset = putOffset
        self.unpaired = unpaired
        self.future = future
        self.baseInitial = baseInitial
    }

    func margin<Q: Quantity>(_ requirement: Requirement, of book: PortfolioBook<Q>) -> Q? {
        var sum = book.cash
        for underlying in book.underlyings {
            guard let base = base(requirement, underlying), let futures = futures(requirement, underlying) else {
                return nil
            }
            sum = sum + base + futures
            for expiry in underlying.expiries {
                sum = sum + margin(requirement, expiry, underlying.spot).tightened(over: book.halfWidths)
            }
        }
        return sum
    }

    /// A base that is owed counts in full.
    private func base<Q: Quantity>(_ requirement: Requirement, _ underlying: UnderlyingBook<Q>) -> Q? {
        guard underlying.base > 0 else { return underlying.spot * underlying.base }
        guard let weight = underlying.baseWeight else { return nil }
        let scale = requirement == .initial ? baseInitial : 1
        return underlying.spot * (underlying.base * weight * scale)
    }

    private func futures<Q: Quantity>(_ requirement: Requirement, _ underlying: UnderlyingBook<Q>) -> Q? {
        var sum = Q(0)
        for holding in underlying.futures {
            guard let shares = future ?? holding.requirement else { return nil }
            let share = requirement == .initial ? shares.initial : shares.maintenance
            sum.add(holding.worth, times: 1)
            sum.add(underlying.spot, times: -abs(holding.size) * share)
        }
        return sum
    }

    /// What an expiry brings: nothing or less. The less strict of option by option and the worst payoff.
    private func margin<Q: Quantity>(_ requirement: Requirement, _ expiry: ExpiryBook<Q>, _ spot: Q) -> Q {
        var isolated = Q(0)
        for option in expiry.options where option.amount < 0 {
            isolated.add(need(requirement, option, expiry.mark(of: option), spot), times: option.amount)
        }
        guard let unpaired else { return isolated }
        let payoff = PayoffFloor(expiry)
        let share = requirement == .initial ? unpaired.initial : unpaired.maintenance
        let worst = Q(payoff.worst) + expiry.forward * (share * min(payoff.netCalls, 0))
        return Q.greatest(isolated, worst)
    }

    /// What one short option needs, mark included.
    private func need<Q: Quantity>(
        _ requirement: Requirement, _ option: OptionHolding<Q>, _ mark: Q, _ spot: Q
    ) -> Q {
        let isCall = option.contract.kind == .call
        let kept =
            isCall
            ? spot * maintenanceCall + mark
            : Q.greatest(spot * maintenancePut, mark * maintenancePutMark) + mark
        guard requirement == .initial else { return kept }
        let strike = Q(option.contract.strike)
        let out = Q.greatest(isCall ? strike - spot : spot - strike, Q(0))
        let opened = Q.greatest(spot * initialMost - out, spot * initialLeast) + mark
        return isCall ? opened : Q.greatest(opened, kept * putOffset)
    }
}

/// The least that an expiry can pay: at zero or at a strike, since payoffs are straight between strikes. Above the last
/// strike the calls short of the longs have no floor; they count separately.
struct PayoffFloor {
    var worst = 0.0
    var netCalls = 0.0

    init<Q: Quantity>(_ expiry: ExpiryBook<Q>) {
        consider(0, expiry)
        for option in expiry.options {
            consider(option.contract.strike, expiry)
            if option.contract.kind == .call { netCalls += option.amount }
        }
    }

    private mutating func consider<Q: Quantity>(_ price: Double, _ expiry: ExpiryBook<Q>) {
        var payoff = 0.0
        for option in expiry.options {
            let gain = option.contract.kind == .call ? price - option.contract.strike : option.contract.strike - price
            payoff += option.amount * max(gain, 0)
        }
        worst = min(worst, payoff)
    }
}
