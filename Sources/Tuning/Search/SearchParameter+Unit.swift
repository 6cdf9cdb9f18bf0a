import Numerics

/// The parameter as a stretch from 0 to 1, on its own scale: what samplers draw in.
extension SearchParameter {
    /// The value at a place of 0...1. Whole numbers and choices share the stretch out evenly, or evenly in the logarithm.
    public func value(at place: Double) -> Double {
        let u = min(max(place, 0), 1)
        switch kind {
        case .continuous(let low, let high, false):
            return min(max(low + (high - low) * u, low), high)
        case .continuous(let low, let high, true):
            guard u > 0, u < 1 else { return u > 0 ? high : low }
            let (first, last) = (Elementary.log(low), Elementary.log(high))
            return min(max(Elementary.exp(first + (last - first) * u), low), high)
        case .integer(let low, let high, false):
            return min(Double(low) + (Double(high - low + 1) * u).rounded(.down), Double(high))
        case .integer(let low, let high, true):
            let (first, last) = (Elementary.log(Double(low)), Elementary.log(Double(high) + 1))
            return min(max(Elementary.exp(first + (last - first) * u).rounded(.down), Double(low)), Double(high))
        case .choice(let names):
            return min((Double(names.count) * u).rounded(.down), Double(names.count - 1))
        }
    }

    /// Where a number lies between its bounds, 0...1, on its scale: the ends are the bounds themselves.
    public func place(of value: Double) -> Double {
        let (low, high) = (bounds.lowerBound, bounds.upperBound)
        guard isLogarithmic else { return (value - low) / (high - low) }
        let first = Elementary.log(low)
        return (Elementary.log(value) - first) / (Elementary.log(high) - first)
    }

    /// The whole number nearest to a place as `place(of:)` gives it, a half rounded down.
    func wholeNumber(near place: Double) -> Double {
        let (low, high) = (bounds.lowerBound, bounds.upperBound)
        guard place > 0 else { return low }
        guard place < 1 else { return high }
        guard isLogarithmic else {
            // The zero added turns −0 into 0: text and hashes must not know two zeros.
            return min(max((low + (high - low) * place - 0.5).rounded(.up), low), high) + 0
        }
        let first = Elementary.log(low)
        let number = Elementary.exp(first + (Elementary.log(high) - first) * place)
        let below = min(max(number.rounded(.down), low), high)
        guard below < high else { return high }
        return place > threshold(above: below) ? below + 1 : below
    }

    /// The place halfway between a whole number and the next.
    func threshold(above number: Double) -> Double { (place(of: number) + place(of: number + 1)) / 2 }

    var isLogarithmic: Bool {
        switch kind {
        case .continuous(_, _, let isLogarithmic), .integer(_, _, let isLogarithmic): isLogarithmic
        case .choice: false
        }
    }
}
