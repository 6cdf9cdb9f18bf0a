import Numerics

/// Implied volatility by expiry and strike: a smile at each expiry, and a rule for the time between.
///
/// At an expiry the volatility is atm + skew · k + curvature · k² with k = ln(K/F), not below the floor. Between expiries the
/// total variance σ²τ at the same k is interpolated; before the first and after the last the volatility stays what it is
/// there. Where the smiles' total variances rise with time so does every value between: no calendar arbitrage appears that
/// was not put in (`firstCalendarArbitrage`).
public struct VolatilitySurface: Sendable {
    public enum Interpolation: UInt8, Hashable, Sendable, CaseIterable {
        /// Straight lines in total variance: local, never overshoots.
        case linear
        /// Monotone cubic in total variance (Fritsch and Butland, 1984): the forward variance has no steps.
        case monotoneCubic
    }

    public static let smilesMax = 64

    private let smiles: ContiguousArray<VolatilitySmile>
    public let interpolation: Interpolation

    /// - Parameter smiles: by rising time, at least one.
    public init(_ smiles: Span<VolatilitySmile>, interpolation: Interpolation = .linear) {
        precondition(!smiles.isEmpty && smiles.count <= Self.smilesMax, "Condition: a surface has 1 to 64 smiles")
        var kept: ContiguousArray<VolatilitySmile> = []
        for index in smiles.indices {
            precondition(kept.last.map { $0.years < smiles[index].years } ?? true, "Condition: smiles rise in time")
            kept.append(smiles[index])
        }
        self.smiles = kept
        self.interpolation = interpolation
    }

    /// The volatility for a strike and a forward.
    public func volatility(forward: Double, strike: Double, years: Double) -> Double {
        volatility(moneyness: -Moneyness.of(forward, strike), years: years)
    }

    /// The volatility at k = ln(K/F).
    public func volatility(moneyness k: Double, years: Double) -> Double {
        precondition(years >= 0, "Condition: time is not negative")
        guard let next = smiles.firstIndex(where: { $0.years >= years }) else {
            return smiles[smiles.count - 1].volatility(k)
        }
        guard next > 0, smiles[next].years > years else { return smiles[next].volatility(k) }
        let variance = interpolation == .linear ? line(next, k, years) : cubic(next, k, years)
        return (variance / years).squareRoot()
    }

    /// The first smile whose total variance at k is below that of the smile before it; none where time is always worth something.
    public func firstCalendarArbitrage(moneyness k: Double) -> Int? {
        smiles.indices.dropFirst().first { smiles[$0].totalVariance(k) < smiles[$0 - 1].totalVariance(k) }
    }

    private func line(_ next: Int, _ k: Double, _ years: Double) -> Double {
        let (a, b) = (smiles[next - 1], smiles[next])
        let share = (years - a.years) / (b.years - a.years)
        return a.totalVariance(k) * (1 - share) + b.totalVariance(k) * share
    }

    /// Hermite's cubic between two smiles.
    private func cubic(_ next: Int, _ k: Double, _ years: Double) -> Double {
        let (a, b) = (smiles[next - 1], smiles[next])
        let step = b.years - a.years
        let (t, rest) = ((years - a.years) / step, (b.years - years) / step)
        let left = a.totalVariance(k) * (1 + 2 * t) + slope(next - 1, k) * step * t
        let right = b.totalVariance(k) * (1 + 2 * rest) - slope(next, k) * step * rest
        return left * rest * rest + right * t * t
    }

    /// The slope of the total variance at a smile: a weighted harmonic mean of the lines to both neighbours, zero where they
    /// disagree in sign. At most three times the smaller line, which is what keeps the cubic between its ends.
    private func slope(_ index: Int, _ k: Double) -> Double {
        guard smiles.count > 1 else { return 0 }
        if index == 0 { return chord(1, k) }
        if index == smiles.count - 1 { return chord(index, k) }
        let (before, after) = (chord(index, k), chord(index + 1, k))
        guard before * after > 0 else { return 0 }
        let past = smiles[index].years - smiles[index - 1].years
        let coming = smiles[index + 1].years - smiles[index].years
        let (first, second) = (2 * coming + past, coming + 2 * past)
        return (first + second) / (first / before + second / after)
    }

    /// The slope of the line that ends at a smile.
    private func chord(_ index: Int, _ k: Double) -> Double {
        let (a, b) = (smiles[index - 1], smiles[index])
        return (b.totalVariance(k) - a.totalVariance(k)) / (b.years - a.years)
    }
}

/// The volatility of one expiry as a parabola in log-moneyness, with a floor.
public struct VolatilitySmile: Hashable, Sendable {
    public let years: Double
    public let atTheMoney: Double
    /// Per unit of ln(K/F).
    public let skew: Double
    /// Per its square.
    public let curvature: Double
    public let floor: Double

    public init(years: Double, atTheMoney: Double, skew: Double = 0, curvature: Double = 0, floor: Double = 0.01) {
        precondition(years > 0 && years < .infinity, "Condition: a smile stands at a positive time")
        precondition(floor > 0 && atTheMoney >= floor, "Condition: a volatility is not below its floor")
        precondition(skew.isFinite && curvature.isFinite, "Condition: a smile is made of numbers")
        self.years = years
        self.atTheMoney = atTheMoney
        self.skew = skew
        self.curvature = curvature
        self.floor = floor
    }

    public func volatility(_ k: Double) -> Double { max(atTheMoney + k * (skew + curvature * k), floor) }

    /// σ²τ.
    public func totalVariance(_ k: Double) -> Double {
        let sigma = volatility(k)
        return sigma * sigma * years
    }
}
