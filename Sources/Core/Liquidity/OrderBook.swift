public import Units

/// Resting orders of an asset against cash, swept from the best price, with the taker's fee on the cash.
///
/// Prices are cash units for one whole asset. Sums run along with the levels, so a sweep is a bisection.
/// Invariant: bids descend and asks ascend strictly; sizes and prices are above zero.
public struct OrderBook: Equatable, Sendable {
    let bids: BookSide
    let asks: BookSide
    let assetUnit: UInt128
    let fee: Pips

    /// One price and what rests at it.
    public struct Level: Equatable, Sendable {
        public var price: UInt128
        public var size: TokenAmount

        public init(price: UInt128, size: TokenAmount) {
            self.price = price
            self.size = size
        }
    }

    /// `nil` when the levels are out of order or empty, or what rests does not fit.
    public init?(
        bids: ContiguousArray<Level>, asks: ContiguousArray<Level>, assetUnit: UInt128, fee: Pips
    ) {
        precondition(assetUnit > 0, "Condition: an asset has a unit")
        guard let bids = BookSide(bids, descends: true), let asks = BookSide(asks, descends: false) else {
            return nil
        }
        self.bids = bids
        self.asks = asks
        self.assetUnit = assetUnit
        self.fee = fee
    }

    /// ⌊Σ size·price·(1 − fee)⌋ over the bids; `nil` when they do not take so much.
    public func proceeds(ofSelling amount: TokenAmount) -> TokenAmount? {
        bids.notional(of: amount)?
            .multiplied(by: fee.complement, dividedRoundingDownBy: Pips.wholeWord * UInt256(assetUnit))?.asUInt128
    }

    /// ⌈Σ size·price·(1 + fee)⌉ over the asks; `nil` when they do not hold so much.
    public func cost(ofBuying amount: TokenAmount) -> TokenAmount? {
        asks.notional(of: amount)?
            .multiplied(by: Pips.wholeWord + fee.word, dividedRoundingUpBy: Pips.wholeWord * UInt256(assetUnit))?
            .asUInt128
    }
}

/// One side of a book with its running sums.
struct BookSide: Equatable, Sendable {
    private let levels: ContiguousArray<Row>

    private struct Row: Equatable {
        var price: UInt128
        /// At this level and better ones.
        var size: TokenAmount
        /// Σ size · price at better levels only.
        var notionalBefore: UInt256
        var sizeBefore: TokenAmount
    }

    init?(_ levels: ContiguousArray<OrderBook.Level>, descends: Bool) {
        var rows: ContiguousArray<Row> = []
        var (size, notional) = (TokenAmount(0), UInt256.zero)
        for level in levels {
            let (sum, overflow) = size.addingReportingOverflow(level.size)
            guard level.size > 0, level.price > 0, !overflow, sum <= .max >> 1 else { return nil }
            if let last = rows.last, descends ? last.price <= level.price : last.price >= level.price { return nil }
            rows.append(Row(price: level.price, size: sum, notionalBefore: notional, sizeBefore: size))
            size = sum
            guard let worth = notional.adding(UInt256(level.size) * UInt256(level.price)) else { return nil }
            notional = worth
        }
        self.levels = rows
    }

    /// The price that is met first.
    var best: UInt128? { levels.first?.price }

    /// All that rests.
    var size: TokenAmount { levels.last?.size ?? 0 }

    func forEachLevel(_ body: (UInt128, TokenAmount) -> Void) {
        for row in levels { body(row.price, row.size - row.sizeBefore) }
    }

    /// Σ size · price of the best so many; `nil` when there are not so many.
    func notional(of amount: TokenAmount) -> UInt256? {
        guard amount > 0 else { return .zero }
        let reached = firstIndex { $0.size >= amount }
        guard reached < levels.count else { return nil }
        let row = levels[reached]
        return row.notionalBefore.adding(UInt256(amount - row.sizeBefore) * UInt256(row.price))
    }

    private func firstIndex(where isPast: (Row) -> Bool) -> Int {
        var (low, high) = (0, levels.count)
        while low < high {
            let middle = (low + high) / 2
            if isPast(levels[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
