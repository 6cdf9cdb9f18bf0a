public import Units

/// Which of several bids to make together, when capital and block gas do not suffice for all: the set of the greatest expected
/// value that costs no more than there is.
///
/// Bids are tried in the order of their value per unit of what they use of the limits, take it or leave it (branch and bound).
/// A branch is given up when what is left could not catch up even if the last bid could be made in part and both limits were
/// one (the surrogate relaxation of a knapsack with two limits). Exact while the tries suffice, which they always do
/// for twelve bids; beyond, the best set found so far, which is at least the greedy one. No allocation.
public struct BidPlan: Sendable {
    /// What one bid would bring and take.
    public struct Candidate: Equatable, Sendable {
        public var expectedValue: Cash
        public var capital: TokenAmount
        public var gas: GasUnits

        public init(expectedValue: Cash, capital: TokenAmount, gas: GasUnits) {
            self.expectedValue = expectedValue
            self.capital = capital
            self.gas = gas
        }
    }

    public static let candidatesMax = 32
    public static let triesMax = 16_384

    /// A bit for every candidate that is chosen.
    public private(set) var chosen: UInt32 = 0
    public private(set) var expectedValue = Cash.zero
    /// Whether every set was weighed.
    public private(set) var isExact = true

    private let candidates: InlineArray<32, Candidate>
    /// Positions by falling worth.
    private var order = InlineArray<32, UInt8>(repeating: 0)
    /// What a candidate uses of both limits together, in parts of 2^32, rounded down; by position.
    private var uses = InlineArray<32, UInt128>(repeating: 0)
    /// The whole of the limits.
    private let limits: (capital: TokenAmount, gas: GasUnits)
    private var count = 0
    private var tries = 0

    /// Chooses among the candidates, at most `candidatesMax`; what is worth nothing is never chosen.
    public init(_ given: Span<Candidate>, capital: TokenAmount, gas: GasUnits) {
        precondition(given.count <= Self.candidatesMax, "Condition: no more candidates than are weighed at once")
        let empty = Candidate(expectedValue: .zero, capital: 0, gas: GasUnits(0))
        var candidates = InlineArray<32, Candidate>(repeating: empty)
        for position in given.indices { candidates[position] = given[position] }
        self.candidates = candidates
        limits = (capital, gas)
        sort(given.count)
        search(0, chosen: 0, value: .zero, capital: capital, gas: gas)
    }

    public func contains(_ position: Int) -> Bool { chosen & 1 << UInt32(position) != 0 }

    /// Puts what can be chosen at all in order.
    private mutating func sort(_ given: Int) {
        for position in 0..<given {
            let candidate = candidates[position]
            guard candidate.expectedValue > .zero, candidate.capital <= limits.capital, candidate.gas <= limits.gas
            else { continue }
            uses[position] = use(candidate.capital, candidate.gas)
            var place = count
            while place > 0, isBetter(position, Int(order[place - 1])) {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = UInt8(position)
            count += 1
        }
    }

    /// value(a) / use(a) > value(b) / use(b), multiplied out; what uses nothing comes first.
    private func isBetter(_ a: Int, _ b: Int) -> Bool {
        let left = Self.worth(candidates[a]).multipliedFullWidth(by: uses[b])
        let right = Self.worth(candidates[b]).multipliedFullWidth(by: uses[a])
        return left.high == right.high ? left.low > right.low : left.high > right.high
    }

    private static func worth(_ candidate: Candidate) -> UInt128 { UInt128(candidate.expectedValue.units) }

    /// The shares of capital and of gas together.
    private func use(_ capital: TokenAmount, _ gas: GasUnits) -> UInt128 {
        Self.share(capital, of: limits.capital) + Self.share(UInt128(gas.count), of: UInt128(limits.gas.count))
    }

    /// The most that what is left of the order could still bring.
    private func bound(_ place: Int, _ capital: TokenAmount, _ gas: GasUnits) -> Cash {
        // Uses are rounded down by less than two each, and so is what is left.
        var (left, sum) = (use(capital, gas) + 2, Cash.zero)
        for place in place..<count {
            let position = Int(order[place])
            let worth = Self.worth(candidates[position])
            guard uses[position] > left else {
                left -= uses[position]
                sum += .proceeds(worth)
                continue
            }
            let (high, low) = worth.multipliedFullWidth(by: left)
            return sum + .proceeds(uses[position].dividingFullWidth((high, low)).quotient + 1)
        }
        return sum
    }

    private static func share(_ part: UInt128, of whole: UInt128) -> UInt128 {
        guard whole > 0 else { return 0 }
        let (high, low) = part.multipliedFullWidth(by: 1 << 32)
        return whole.dividingFullWidth((high, low)).quotient
    }

    private mutating func search(
        _ place: Int, chosen: UInt32, value: Cash, capital: TokenAmount, gas: GasUnits
    ) {
        if value > expectedValue {
            expectedValue = value
            self.chosen = chosen
        }
        guard place < count, value + bound(place, capital, gas) > expectedValue else { return }
        guard tries < Self.triesMax else {
            isExact = false
            return
        }
        tries += 1
        let position = Int(order[place])
        let candidate = candidates[position]
        if candidate.capital <= capital, candidate.gas <= gas {
            search(
                place + 1, chosen: chosen | 1 << UInt32(position), value: value + candidate.expectedValue,
                capital: capital - candidate.capital, gas: GasUnits(gas.count - candidate.gas.count))
        }
        search(place + 1, chosen: chosen, value: value, capital: capital, gas: gas)
    }
}
