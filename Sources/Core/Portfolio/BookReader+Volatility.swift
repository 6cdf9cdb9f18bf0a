import Domain
import Units
import Options

/// The volatility of an option: its expiry's smile, or between the neighbours' where the expiry has none of its own.
/// The arithmetic is that of `VolatilitySurface` with straight lines in total variance; tests hold the two together.
extension BookReader {
    static var floor: Double { 0.01 }

    /// Of an option whose expiry has no smile of its own.
    mutating func volatility(between terms: ExpiryTerms, at moneyness: Q) -> Q? {
        let (before, after) = neighbours(of: terms)
        guard let before else { return after.flatMap { smile($0.instrument, at: moneyness) } }
        guard let after else { return smile(before.instrument, at: moneyness) }
        guard let first = smile(before.instrument, at: moneyness), let last = smile(after.instrument, at: moneyness)
        else { return nil }
        // Expiries stand still, so the shares do not move with time; the variances do.
        let step = (after.terms.expiry - before.terms.expiry).approximateSeconds
        let share = (terms.expiry - before.terms.expiry).approximateSeconds / step
        let variance =
            first * first * timeLeft(to: before.terms.expiry) * (1 - share)
            + last * last * timeLeft(to: after.terms.expiry) * share
        let years = Q.greatest(timeLeft(to: terms.expiry), Q(Self.yearsMin))
        return Q.greatest((variance * years.inverse).squareRoot, Q(Self.floor))
    }

    /// A second: so short a time has no variance to divide.
    private static var yearsMin: Double { 1 / PortfolioTime.yearSeconds }

    func hasSmile(_ instrument: ReserveIndex) -> Bool { (reserves.smile(of: instrument)?.atTheMoney ?? 0) > 0 }

    private mutating func smile(_ instrument: ReserveIndex, at moneyness: Q) -> Q? {
        if lastSmile?.instrument.raw != instrument.raw { lastSmile = readSmile(instrument) }
        return lastSmile?.volatility(at: moneyness)
    }

    mutating func readSmile(_ instrument: ReserveIndex) -> ReadSmile<Q>? {
        guard let middle = variable(FactorIndex(instrument, .debt)),
            let skew = variable(FactorIndex(instrument, .accrual)),
            let curvature = variable(FactorIndex(instrument, .entry))
        else { return nil }
        return ReadSmile(instrument: instrument, middle: middle, skew: skew, curvature: curvature)
    }

    /// The rate of the expiry's own smile, or of the nearest later one, or earlier one.
    func rate(of instrument: ReserveIndex, _ terms: ExpiryTerms) -> Double {
        if hasSmile(instrument) { return rate(of: instrument) }
        let (before, after) = neighbours(of: terms)
        return (after ?? before).map { rate(of: $0.instrument) } ?? 0
    }

    private func rate(of instrument: ReserveIndex) -> Double {
        Double(reserves.smile(of: instrument)?.rate ?? 0) / 1e9
    }

    /// The nearest expiries of the same underlying that have a smile. O(instruments): only for expiries without one.
    private func neighbours(of terms: ExpiryTerms) -> (before: Neighbour?, after: Neighbour?) {
        var before: Neighbour?
        var after: Neighbour?
        for position in 0..<reserves.count {
            let instrument = ReserveIndex(position)
            guard case .expiry(let other)? = reserves.terms(of: instrument),
                other.underlying.raw == terms.underlying.raw,
                !other.isPerpetual, hasSmile(instrument)
            else { continue }
            let found = Neighbour(instrument: instrument, terms: other)
            if other.expiry <= terms.expiry {
                if before.map({ $0.terms.expiry < other.expiry }) ?? true { before = found }
            } else if after.map({ other.expiry < $0.terms.expiry }) ?? true {
                after = found
            }
        }
        return (before, after)
    }
}

/// A smile's factors, kept for the next option of the same expiry.
struct ReadSmile<Q: Quantity> {
    let instrument: ReserveIndex
    let middle: Q
    let skew: Q
    let curvature: Q

    func volatility(at moneyness: Q) -> Q {
        let bend = skew + curvature * moneyness
        return Q.greatest(middle + moneyness * bend, Q(BookReader<Q>.floor))
    }
}

/// An expiry that has a smile.
private struct Neighbour {
    let instrument: ReserveIndex
    let terms: ExpiryTerms
}

extension Interval {
    var approximateSeconds: Double { Double(nanoseconds) / 1e9 }
}
