import Numerics

/// Values a portfolio of European options of one underlying under a grid of shocks: the inner loop of portfolio margin.
///
/// Each option pays for one logarithm; every scenario of it costs one exponential and two Mills ratios, as `BlackPricer`
/// does it and with the same result to 10^-12. Nothing is allocated after `init`. One thread owns a kernel.
///
///     var kernel = ScenarioKernel(scenarios, expiriesMax: 12)
///     kernel.value(positions.span, at: expiries.span, into: &sums)      // sums[expiry * scenarios + scenario]
///
/// By default a scenario shocks every expiry alike; `setShocks(ofExpiry:_:)` gives one its own, as where the volatility
/// shock depends on the time left (Derive's PMRM, `mechanics.md` 8.3).
public struct ScenarioKernel: ~Copyable {
    public let scenarios: Int
    public let expiriesMax: Int
    /// Scenarios rounded up to whole lanes; what is behind the last has no shock and is not reported.
    private let stride: Int
    /// By expiry, then scenario.
    private var shocks: ContiguousArray<ShockLanes>
    private var sums: ContiguousArray<Lanes>
    /// Scratch for one option.
    private var hopes: OutOfTheMoneyLanes

    public init(_ shocks: Span<PriceShock>, expiriesMax: Int) {
        precondition(!shocks.isEmpty && expiriesMax > 0, "Condition: a grid has a scenario and an expiry")
        scenarios = shocks.count
        self.expiriesMax = expiriesMax
        stride = (shocks.count + Lanes.scalarCount - 1) / Lanes.scalarCount
        let blank = stride * expiriesMax
        self.shocks = ContiguousArray(repeating: ShockLanes(), count: blank)
        sums = ContiguousArray(repeating: Lanes(repeating: 0), count: blank)
        hopes = OutOfTheMoneyLanes(count: stride)
        for expiry in 0..<expiriesMax { setShocks(ofExpiry: expiry, shocks) }
    }

    /// Gives one expiry its own shocks, as many as there are scenarios.
    public mutating func setShocks(ofExpiry expiry: Int, _ shocks: Span<PriceShock>) {
        precondition(shocks.count == scenarios, "Condition: an expiry has a shock for every scenario")
        precondition(expiry >= 0 && expiry < expiriesMax, "Condition: an expiry is below the maximum")
        for scenario in shocks.indices {
            let shock = shocks[scenario]
            precondition(shock.forwardFactor > 0 && shock.volatilityFactor >= 0, "Condition: a shock leaves a price")
            let (block, lane) = (expiry * stride + scenario / Lanes.scalarCount, scenario % Lanes.scalarCount)
            self.shocks[block].factor[lane] = shock.forwardFactor
            self.shocks[block].logarithm[lane] = Elementary.log(shock.forwardFactor)
            self.shocks[block].volatility[lane] = shock.volatilityFactor
        }
    }

    /// Writes the discounted sum of amount × value for every expiry and scenario: `into[expiry * scenarios + scenario]`.
    public mutating func value(
        _ positions: Span<OptionPosition>, at expiries: Span<OptionExpiry>, into values: inout MutableSpan<Double>
    ) {
        precondition(expiries.count <= expiriesMax, "Condition: no more expiries than reserved")
        precondition(values.count >= expiries.count * scenarios, "Condition: there is room for every sum")
        reset(expiries)
        // Taken out for a while: reading the shocks of self and writing its sums at once would overlap.
        var taken: ContiguousArray<Lanes> = []
        var row = OutOfTheMoneyLanes(count: 0)
        swap(&taken, &sums)
        swap(&row, &hopes)
        var totals = taken.mutableSpan
        for index in positions.indices {
            let position = positions[index]
            precondition(position.expiry < expiries.count, "Condition: a position's expiry is among those given")
            let first = position.expiry * stride
            Self.add(
                position, expiries[position.expiry], shocks.span.extracting(first..<(first + stride)),
                with: &row, into: &totals, from: first)
        }
        swap(&taken, &sums)
        swap(&row, &hopes)
        for expiry in expiries.indices {
            for scenario in 0..<scenarios {
                let block = sums[expiry * stride + scenario / Lanes.scalarCount]
                values[expiry * scenarios + scenario] = block[scenario % Lanes.scalarCount]
            }
        }
    }

    /// Empties the sums and moves every forward: what all options of an expiry share.
    private mutating func reset(_ expiries: Span<OptionExpiry>) {
        for expiry in expiries.indices {
            for block in (expiry * stride)..<((expiry + 1) * stride) {
                sums[block] = Lanes(repeating: 0)
                shocks[block].forward = expiries[expiry].forward * shocks[block].factor
            }
        }
    }

    /// One option under every scenario.
    private static func add(
        _ position: OptionPosition, _ expiry: OptionExpiry, _ shocks: Span<ShockLanes>,
        with hopes: inout OutOfTheMoneyLanes, into totals: inout MutableSpan<Lanes>, from first: Int
    ) {
        let moneyness = position.moneyness ?? Moneyness.of(expiry.forward, position.strike)
        let spread = position.volatility * expiry.years.squareRoot()
        let weight = position.amount * expiry.discount
        let sign = position.kind == .call ? 1.0 : -1.0
        let strike = Lanes(repeating: position.strike)
        for block in shocks.indices {
            hopes.set(
                block, moneyness: moneyness + shocks[block].logarithm, spread: spread * shocks[block].volatility)
        }
        hopes.work()
        for block in shocks.indices {
            let forward = shocks[block].forward
            let lesser = forward.replacing(with: strike, where: forward .> strike)
            let gain = sign * (forward - strike)
            totals[first + block] += weight * (lesser * hopes[block] + gain.replacing(with: 0, where: gain .< 0))
        }
    }
}

/// Four scenarios of one expiry.
private struct ShockLanes {
    /// The shocked forward; written anew for every portfolio.
    var forward = Lanes(repeating: 1)
    var factor = Lanes(repeating: 1)
    /// Of the factor.
    var logarithm = Lanes(repeating: 0)
    var volatility = Lanes(repeating: 1)
}

/// One move of the market: what the forward and the volatility are multiplied by.
public struct PriceShock: Hashable, Sendable {
    public var forwardFactor: Double
    public var volatilityFactor: Double

    public init(forwardFactor: Double, volatilityFactor: Double) {
        self.forwardFactor = forwardFactor
        self.volatilityFactor = volatilityFactor
    }
}

/// The market of one expiry.
public struct OptionExpiry: Hashable, Sendable {
    public var forward: Double
    /// What a unit paid at expiry is worth now.
    public var discount: Double
    public var years: Double

    public init(forward: Double, discount: Double, years: Double) {
        precondition(forward > 0 && discount > 0 && years >= 0, "Condition: an expiry has a forward and is not past")
        self.forward = forward
        self.discount = discount
        self.years = years
    }
}

/// So many of one option; an amount below zero is owed.
public struct OptionPosition: Hashable, Sendable {
    public var strike: Double
    public var volatility: Double
    public var amount: Double
    /// Which of the expiries it belongs to.
    public var expiry: Int
    public var kind: OptionKind
    /// ln(forward / strike) by `Moneyness.of`, where the caller has worked it out already.
    public var moneyness: Double?

    public init(
        _ kind: OptionKind, strike: Double, volatility: Double, expiry: Int, amount: Double, moneyness: Double? = nil
    ) {
        precondition(strike > 0 && volatility >= 0, "Condition: an option has a strike and no negative volatility")
        self.strike = strike
        self.volatility = volatility
        self.amount = amount
        self.expiry = expiry
        self.kind = kind
        self.moneyness = moneyness
    }
}
