import Units

/// Two marginal prices between which the wanted amount lies: at the scarce one less is traded, at the ample one enough.
struct SplitBracket {
    private let venues: ContiguousArray<Depth>
    private let amount: TokenAmount
    private let side: TradeSide
    private var scarce: Point
    private var ample: Point

    private struct Point {
        var price: MarginalPrice
        var shares: Split.Shares
        var total: TokenAmount
    }

    /// `nil` when all venues together do not trade so much.
    init?(_ venues: ContiguousArray<Depth>, _ amount: TokenAmount, _ side: TradeSide) {
        self.venues = venues
        self.amount = amount
        self.side = side
        let margins = venues.indices.lazy.map { side == .sale ? venues[$0].saleMargin : venues[$0].purchaseMargin }
        guard let first = side == .sale ? margins.max() : margins.min() else { return nil }
        scarce = Point(price: first, shares: Split.Shares(repeating: 0), total: 0)
        ample = scarce
        guard findAmple(from: first) else { return nil }
        for round in 0..<Self.roundsMax where !isTight { narrow(round) }
    }

    /// Everything at the scarce price, the rest in proportion to what the venues add at the ample one.
    var split: Split.Shares? {
        var shares = scarce.shares
        var rest = amount - scarce.total
        let added = UInt256(ample.total - scarce.total)
        guard rest > 0 else { return shares }
        let wanted = UInt256(rest)
        for venue in venues.indices {
            let more = UInt256(ample.shares[venue] - scarce.shares[venue])
            guard let part = wanted.multiplied(by: more, dividedRoundingDownBy: added)?.low else { return nil }
            shares[venue] += part
            rest -= part
        }
        // What rounding left: fewer units than venues.
        for venue in venues.indices where rest > 0 {
            let more = min(rest, ample.shares[venue] - shares[venue])
            shares[venue] += more
            rest -= more
        }
        return shares
    }

    /// The first price, getting worse by ever larger steps, at which enough is traded.
    private mutating func findAmple(from first: MarginalPrice) -> Bool {
        for step in 0...Self.stepsMax {
            let point = point(at: side == .sale ? first.lowered(step) : first.raised(step))
            if point.total >= amount {
                ample = point
                return true
            }
            scarce = point
        }
        return false
    }

    /// By the secant through both ends; every third round by the middle, so that a jump cannot hold it up.
    private mutating func narrow(_ round: Int) {
        let whole = Self.whole
        let distance = spread
        let missing = UInt256(amount - scarce.total)
        let slope = missing.multiplied(by: whole, dividedRoundingDownBy: UInt256(ample.total - scarce.total)) ?? whole
        let share = round % 3 == 2 ? Self.half : min(max(slope, Self.part), whole - Self.part)
        guard let move = distance.multiplied(by: share, dividedRoundingDownBy: whole), !move.isZero else { return }
        let price = side == .sale ? scarce.price.fraction - move : scarce.price.fraction + move
        let point = point(at: MarginalPrice(fraction: price))
        if point.total >= amount { ample = point } else { scarce = point }
    }

    private var spread: UInt256 {
        side == .sale ? scarce.price.fraction - ample.price.fraction : ample.price.fraction - scarce.price.fraction
    }

    /// What can be lost is at most the spread on what is not yet placed: below 2^-26 of the whole.
    private var isTight: Bool {
        let whole = Self.whole
        if scarce.total == amount || ample.total == amount { return true }
        let wider = max(scarce.price, ample.price).fraction
        guard !wider.isZero,
            let relative = spread.multiplied(by: whole, dividedRoundingUpBy: wider),
            let unplaced = UInt256(amount - scarce.total).multiplied(
                by: whole, dividedRoundingUpBy: UInt256(amount))
        else { return true }
        return relative * unplaced <= Self.tolerance
    }

    /// What every venue trades up to a price, none more than is wanted. Between the ends already found, since the root is
    /// approximate: so that shares only grow towards the ample end.
    private func point(at price: MarginalPrice) -> Point {
        var point = Point(price: price, shares: Split.Shares(repeating: 0), total: 0)
        for venue in venues.indices {
            let traded =
                side == .sale ? venues[venue].sale(downTo: price) : venues[venue].purchase(upTo: price)
            var share = max(min(traded, amount), scarce.shares[venue])
            if ample.total >= amount { share = min(share, ample.shares[venue]) }
            point.shares[venue] = share
            point.total += share
        }
        return point
    }

    /// Fractions are of 2^32: a half, a thirty-second, and 2^-26 of a fraction of a fraction.
    private static let whole: UInt256 = 0x1_0000_0000
    private static let half: UInt256 = 0x8000_0000
    private static let part: UInt256 = 0x800_0000
    private static let tolerance: UInt256 = 0x40_0000_0000
    private static let stepsMax = 10
    private static let roundsMax = 48
}

extension MarginalPrice {
    /// Lower by 2^-12, 2^-8 and 2^-4 of itself, then to 2^-1, 2^-3, 2^-7 … of itself, and at last nothing.
    fileprivate func lowered(_ step: Int) -> MarginalPrice {
        switch step {
        case 0..<3: MarginalPrice(fraction: fraction - fraction.shiftedRight(by: 12 - 4 * step))
        case 3..<10: MarginalPrice(fraction: fraction.shiftedRight(by: (1 << (step - 2)) - 1))
        default: .free
        }
    }

    /// The same upwards.
    fileprivate func raised(_ step: Int) -> MarginalPrice {
        let room = 256 - fraction.bitCount
        return switch step {
        case 0..<3 where room > 1: MarginalPrice(fraction: fraction + fraction.shiftedRight(by: 12 - 4 * step))
        case 3..<10 where room >= (1 << (step - 2)) - 1:
            MarginalPrice(fraction: fraction.shiftedLeft(by: (1 << (step - 2)) - 1))
        default: .unreachable
        }
    }
}
