public import Units

/// The curves of some venues beside their sum: who trades how much of an amount.
public struct SplitCurve: Equatable, Sendable {
    public let whole: DepthCurve
    private let parts: ContiguousArray<DepthCurve>
    /// To the unit, what no share may be above.
    private let capacities: ContiguousArray<TokenAmount>

    public init(_ venues: ContiguousArray<Depth>, _ side: TradeSide) {
        whole = DepthCurve(of: venues, side)
        let parts = ContiguousArray(venues.map { DepthCurve(of: [$0], side) })
        self.parts = parts
        capacities = ContiguousArray(
            venues.indices.map { venue in
                // Where a venue's end is known in doubles only, a hair is left: its last units are worth next to nothing.
                venues[venue].capacity(side)
                    ?? TokenAmount(rounding: parts[venue].capacity * (1 - Self.tolerance))
            })
    }

    /// Shares that add up to the amount; `nil` when the venues together do not trade so much.
    func shares(of amount: TokenAmount) -> Split.Shares? {
        // Capacities that a double rounds down are filled up from the end of the curve.
        let end = whole.point(at: amount.approximate) ?? whole.point(at: whole.capacity)
        guard let root = end?.root else { return nil }
        var shares = Split.Shares(repeating: 0)
        var rest = amount
        for venue in parts.indices {
            let before = TokenAmount(rounding: parts[venue].amount(beforeRoot: root))
            shares[venue] = min(before, capacities[venue], rest)
            rest -= shares[venue]
        }
        guard rest > 0 else { return shares }
        for venue in parts.indices where rest > 0 {
            add(min(rest, TokenAmount(rounding: parts[venue].step(atRoot: root))), to: venue, &shares, &rest)
        }
        return distribute(rest, &shares) ? shares : nil
    }

    /// What rounding left, to the largest share that has room for it, since it hardly notices.
    private func distribute(_ given: TokenAmount, _ shares: inout Split.Shares) -> Bool {
        var rest = given
        var rounds = 0
        while rest > 0, rounds < SplitSale.venuesMax {
            rounds += 1
            var largest: Int?
            for venue in parts.indices where shares[venue] < capacities[venue] {
                if let found = largest, shares[found] >= shares[venue] { continue }
                largest = venue
            }
            guard let largest else { return false }
            add(rest, to: largest, &shares, &rest)
        }
        return rest == 0
    }

    private func add(_ wanted: TokenAmount, to venue: Int, _ shares: inout Split.Shares, _ rest: inout TokenAmount) {
        let more = min(wanted, capacities[venue] - shares[venue])
        shares[venue] += more
        rest -= more
    }

    /// Whether a venue alone could be better than so much cash, rounding included.
    func mayBeat(_ cash: TokenAmount, _ amount: TokenAmount, alone venue: Int) -> Bool {
        let traded = amount.approximate
        guard traded <= parts[venue].capacity * (1 + Self.tolerance) else { return false }
        guard let alone = parts[venue].point(at: traded)?.cash else { return true }
        let margin = alone * Self.tolerance + Self.roundings
        return whole.side == .sale ? alone + margin >= cash.approximate : alone - margin <= cash.approximate
    }

    private static let tolerance = 1e-9
    /// Every venue rounds by a unit or two.
    private static let roundings = 16.0
}

extension TokenAmount {
    /// A double, not below zero, as an amount; what is too large becomes an amount that no venue takes.
    public init(rounding value: Double) {
        guard value < 0x1p124 else {
            self = 1 << 124
            return
        }
        let high = UInt64(value * 0x1p-64)
        self = UInt128(high) << 64 | UInt128(UInt64(value - Double(high) * 0x1p64))
    }
}
