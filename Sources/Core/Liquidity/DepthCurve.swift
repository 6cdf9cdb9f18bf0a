import Units

/// Which way an asset goes: sold for cash, or bought with it.
public enum TradeSide: Sendable {
    case sale, purchase

    /// Whether a price is better for us than another; prices get worse with every unit.
    func prefers(_ a: Double, to b: Double) -> Bool { self == .sale ? a > b : a < b }
}

/// What one venue or several together trade, in doubles: a filter that chooses shares and sizes, and never an amount.
///
/// Of every venue that we know, what is traded down to a marginal price p is M·|1/√p − 1/√p₀| for M·|√p₀ − √p| of cash, or a step
/// of one price. Venues used together to the best effect share one marginal price, so their curves add up: where one runs
/// the sum is such a curve again. Both directions of the question are then a bisection and a closed form.
///
/// Built when depth is set; asking does not allocate. Ranges get worse from the first to the last.
public struct DepthCurve: Equatable, Sendable {
    public let side: TradeSide
    private let ranges: ContiguousArray<CurveRange>

    init(_ ranges: ContiguousArray<CurveRange>, _ side: TradeSide) {
        self.ranges = ranges
        self.side = side
    }

    /// √ of what the first unit fetches or costs; `nil` when nothing is traded.
    public var firstRoot: Double? { ranges.first?.root }

    /// All that is traded at any price.
    public var capacity: Double { ranges.last.map { $0.amount + $0.size } ?? 0 }

    /// Where so much leads; `nil` beyond the capacity.
    public func point(at amount: Double) -> CurvePoint? {
        guard !ranges.isEmpty, amount <= capacity else { return nil }
        return range(of: amount).point(at: amount, side)
    }

    /// What is traded before a marginal price (by its root) is reached, a step at just that price left out.
    func amount(beforeRoot root: Double) -> Double {
        let better = firstIndex { !side.prefers($0.root, to: root) }
        guard better > 0 else { return 0 }
        let range = ranges[better - 1]
        return range.amount + min(range.size, range.liquidity == 0 ? range.size : range.reach(root))
    }

    /// What is traded at just this price.
    func step(atRoot root: Double) -> Double {
        var position = firstIndex { !side.prefers($0.root, to: root) }
        while position < ranges.count, ranges[position].root == root {
            if ranges[position].liquidity == 0 { return ranges[position].size }
            position += 1
        }
        return 0
    }

    private func range(of amount: Double) -> CurveRange {
        let after = firstIndex { $0.amount > amount }
        return ranges[max(0, after - 1)]
    }

    private func firstIndex(where isPast: (CurveRange) -> Bool) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if isPast(ranges[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// What an amount fetches or costs, and √ of what one unit more would.
public struct CurvePoint: Equatable, Sendable {
    public var cash: Double
    public var root: Double

    public init(cash: Double, root: Double) {
        self.cash = cash
        self.root = root
    }

    public var price: Double { root * root }
}

/// A stretch of a curve without a kink.
public struct CurveRange: Equatable, Sendable {
    /// Traded before it, and the cash for that.
    var amount = 0.0
    var cash = 0.0
    /// √ of the marginal price at its beginning.
    public var root: Double
    /// M; nothing for a step.
    var liquidity: Double
    var size: Double

    /// Where so much in all leads, as far as the range goes; `nil` where there is no price any more.
    public func point(at traded: Double, _ side: TradeSide) -> CurvePoint? {
        // A sum of doubles may be a hair past the end that the next range begins at.
        let within = min(traded - amount, size)
        guard liquidity > 0 else { return CurvePoint(cash: cash + within * root * root, root: root) }
        // Most ask where it begins.
        if within == 0 { return CurvePoint(cash: cash, root: root) }
        let move = within * root / liquidity
        let share = side == .sale ? 1 + move : 1 - move
        guard share > 0 else { return nil }
        let end = root / share
        // M·|√p₀ − √p| = within · √p₀ · √p.
        return CurvePoint(cash: cash + within * root * end, root: end)
    }

    /// How much until the price's root is reached.
    func reach(_ end: Double) -> Double { end == 0 ? .infinity : liquidity * abs(1 / end - 1 / root) }
}
