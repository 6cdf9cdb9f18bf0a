import Units

/// Three sizes with the best of them in the middle, and the next one to try.
struct GoldenSection {
    private var low: TokenAmount
    private var high: TokenAmount
    /// `nil` where nothing can be executed, or nobody asked.
    private var lowMargin: Cash?
    private var highMargin: Cash?
    private(set) var best: SizedMargin

    /// Comes down from the top until something can be executed; `nil` when nothing can within the budget.
    init?(_ run: SizeRun, _ top: Cash?, _ budget: inout Int, _ margin: (TokenAmount) -> Cash?) {
        low = run.above
        // To take nothing earns nothing.
        lowMargin = run.above == 0 ? .zero : nil
        high = run.most
        highMargin = top
        while budget > 0, high - low > 1 {
            let middle = high - Self.part(of: high - low)
            if let found = SizedMargin(middle, &budget, margin) {
                best = found
                return
            }
            high = middle
            highMargin = nil
        }
        return nil
    }

    /// A size in the larger of both gaps; `nil` when nothing better can be found there.
    var probe: TokenAmount? {
        let (left, right) = (best.size - low, high - best.size)
        guard max(left, right) > 1, !isProved(left, right) else { return nil }
        return right >= left ? best.size + Self.part(of: right) : best.size - Self.part(of: left)
    }

    mutating func take(_ found: SizedMargin?, at size: TokenAmount) {
        if let found, found.margin > best.margin {
            if size > best.size {
                (low, lowMargin) = (best.size, best.margin)
            } else {
                (high, highMargin) = (best.size, best.margin)
            }
            best = found
        } else if size > best.size {
            (high, highMargin) = (size, found?.margin)
        } else {
            (low, lowMargin) = (size, found?.margin)
        }
    }

    /// Concave: left of the best nothing lies above the line through it and the point to its right, and the other way round.
    private func isProved(_ left: TokenAmount, _ right: TokenAmount) -> Bool {
        guard let lowMargin, let highMargin else { return false }
        let enough = max(1, best.margin.units.magnitude >> 21)
        return Self.isRise(from: highMargin, to: best.margin, over: right, below: enough, across: left)
            && Self.isRise(from: lowMargin, to: best.margin, over: left, below: enough, across: right)
    }

    /// Whether a line that rises so much over a stretch rises no more than enough across another.
    private static func isRise(
        from low: Cash, to high: Cash, over stretch: TokenAmount, below enough: UInt128, across other: TokenAmount
    ) -> Bool {
        guard high > low else { return true }
        let rise = UInt256((high - low).units.magnitude)
        return rise * UInt256(other) <= UInt256(enough) * UInt256(stretch)
    }

    /// The golden section's smaller part, at least one: 1 − 1/φ.
    private static func part(of gap: TokenAmount) -> TokenAmount {
        let part = UInt256(gap).multiplied(by: 381_966_011, dividedRoundingDownBy: 1_000_000_000) ?? .zero
        return min(max(1, part.low), max(1, gap - 1))
    }
}
