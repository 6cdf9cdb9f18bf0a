public import Units

extension ConcentratedPool {
    /// Which token goes in.
    public enum Direction: Sendable {
        case zeroForOne, oneForZero
    }

    /// Swaps an exact amount in; `nil` when the pool cannot take all of it, or the contract would revert.
    public func swap(_ direction: Direction, exactIn amount: TokenAmount) -> ConcentratedSwap? {
        run(direction, .input(UInt256(amount)))
    }

    /// Swaps for an exact amount out; `nil` when the pool does not hold it.
    public func swap(_ direction: Direction, exactOut amount: TokenAmount) -> ConcentratedSwap? {
        run(direction, .output(UInt256(amount)))
    }

    private func run(_ direction: Direction, _ wanted: SwapStep.Remaining) -> ConcentratedSwap? {
        rung(direction, before: wanted).run(wanted, in: self, limit: direction.furthest)
    }

    /// The greatest amount of the contract: an `int256`.
    static let unlimited = UInt256(high: .max >> 1, low: .max)
}

extension ConcentratedPool.Direction {
    /// The last price that the contract's router lets a swap reach.
    var furthest: UInt256 { self == .zeroForOne ? TickMath.leastRoot + 1 : TickMath.mostRoot - 1 }
}

/// One swap's way across the ticks: the loop of `UniswapV3Pool.swap`.
struct SwapWalk: Equatable, Sendable {
    let is0For1: Bool
    private(set) var price: UInt256
    private var tick: Tick
    private var liquidity: UInt128
    /// How many boundaries lie at or below the tick.
    private var below: Int
    private var stopped: Tick?
    private var amountIn = UInt256.zero
    private var amountOut = UInt256.zero

    init(_ pool: ConcentratedPool, _ direction: ConcentratedPool.Direction) {
        is0For1 = direction == .zeroForOne
        price = pool.price
        tick = pool.tick
        liquidity = pool.liquidity
        stopped = pool.tick
        below = pool.boundariesAtOrBelow(pool.tick)
    }

    /// Whether less has gone than is wanted.
    func isReached(before wanted: SwapStep.Remaining) -> Bool {
        switch wanted {
        case .input(let amount): amountIn < amount
        case .output(let amount): amountOut < amount
        }
    }

    /// On to the next stop, whatever it takes; `false` when there is none or the contract would revert.
    mutating func advance(in pool: ConcentratedPool) -> Bool {
        let limit = (is0For1 ? ConcentratedPool.Direction.zeroForOne : .oneForZero).furthest
        guard price != limit, liquidity > 0 || hasBoundaryAhead(pool) else { return false }
        var remaining = SwapStep.Remaining.input(ConcentratedPool.unlimited)
        let stop = nextStop(pool)
        guard is0For1 ? stop.price >= limit : stop.price <= limit,
            let step = SwapStep(
                from: price, to: stop.price, liquidity, remaining, fee: pool.fee, is0For1: is0For1),
            book(step, &remaining)
        else { return false }
        return arrive(at: step.price, stop)
    }

    /// Ends when nothing remains or the limit is reached. Each round passes a stop, so there are at most as many as stops.
    consuming func run(
        _ wanted: SwapStep.Remaining, in pool: ConcentratedPool, limit: UInt256
    ) -> ConcentratedSwap? {
        guard var remaining = wanted.less(amountIn, amountOut) else { return nil }
        while !remaining.isZero, is0For1 ? price > limit : price < limit {
            guard liquidity > 0 || hasBoundaryAhead(pool) else { break }
            let stop = nextStop(pool)
            let target = is0For1 ? max(stop.price, limit) : min(stop.price, limit)
            guard
                let step = SwapStep(
                    from: price, to: target, liquidity, remaining, fee: pool.fee, is0For1: is0For1),
                book(step, &remaining), arrive(at: step.price, stop)
            else { return nil }
        }
        guard remaining.isZero, let paid = amountIn.asUInt128, let received = amountOut.asUInt128 else {
            return nil
        }
        return ConcentratedSwap(
            amountIn: paid, amountOut: received, price: price, liquidity: liquidity, tickOfStop: stopped)
    }

    private mutating func book(_ step: SwapStep, _ remaining: inout SwapStep.Remaining) -> Bool {
        guard let paid = step.amountIn.adding(step.fee), let sum = amountIn.adding(paid),
            let received = amountOut.adding(step.amountOut), let rest = remaining.less(paid, step.amountOut)
        else { return false }
        (amountIn, amountOut, remaining) = (sum, received, rest)
        return true
    }

    /// Moves the price, and crosses the stop when it is reached. Returns whether the liquidity stays within its word.
    private mutating func arrive(at next: UInt256, _ stop: Stop) -> Bool {
        if next == stop.price {
            if let net = stop.liquidityNet {
                guard let crossed = liquidity.adding(is0For1 ? -net : net) else { return false }
                liquidity = crossed
                below += is0For1 ? -1 : 1
            }
            tick = is0For1 ? stop.tick - 1 : stop.tick
            stopped = tick
        } else if next != price {
            stopped = nil
        }
        price = next
        return true
    }

    private struct Stop {
        var tick: Tick
        var price: UInt256
        /// `nil` where nothing begins or ends: a word of the bitmap does.
        var liquidityNet: Int128?
    }

    private func hasBoundaryAhead(_ pool: ConcentratedPool) -> Bool {
        is0For1 ? below > 0 : below < pool.boundaries.count
    }

    /// The next boundary, but no further than the word of 256 ticks ends: the contract stops there, and rounds there.
    private func nextStop(_ pool: ConcentratedPool) -> Stop {
        let end = is0For1 ? pool.wordBegin(at: tick) : pool.wordEnd(after: tick)
        if hasBoundaryAhead(pool) {
            let boundary = pool.boundaries[is0For1 ? below - 1 : below]
            if is0For1 ? boundary.tick >= end : boundary.tick <= end {
                return Stop(tick: boundary.tick, price: boundary.price, liquidityNet: boundary.liquidityNet)
            }
        }
        let clamped = min(max(end, TickMath.least), TickMath.most)
        return Stop(tick: clamped, price: TickMath.root(at: clamped), liquidityNet: nil)
    }
}

extension ConcentratedPool {
    /// By bisection.
    func boundariesAtOrBelow(_ tick: Tick) -> Int {
        var (low, high) = (0, boundaries.count)
        while low < high {
            let middle = (low + high) / 2
            if boundaries[middle].tick <= tick { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The lowest tick of the word that holds the tick (`nextInitializedTickWithinOneWord`, downwards).
    fileprivate func wordBegin(at tick: Tick) -> Tick {
        let compressed = tick.floored(by: spacing)
        return compressed.floored(by: 256) * 256 * spacing
    }

    /// The highest tick of the word that holds the one after the tick (the same, upwards).
    fileprivate func wordEnd(after tick: Tick) -> Tick {
        let compressed = tick.floored(by: spacing) + 1
        return (compressed.floored(by: 256) * 256 + 255) * spacing
    }
}

extension Tick {
    fileprivate func floored(by divisor: Tick) -> Tick {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension UInt128 {
    /// Liquidity is 128 bits: `nil` where `LiquidityMath.addDelta` reverts.
    func adding(_ change: Int128) -> UInt128? {
        let (sum, overflow) =
            change < 0 ? subtractingReportingOverflow(change.magnitude) : addingReportingOverflow(change.magnitude)
        return overflow ? nil : sum
    }
}

extension SwapStep.Remaining {
    fileprivate var isZero: Bool {
        switch self {
        case .input(let amount), .output(let amount): amount.isZero
        }
    }

    fileprivate func less(_ paid: UInt256, _ received: UInt256) -> SwapStep.Remaining? {
        switch self {
        case .input(let amount): amount.subtracting(paid).map { .input($0) }
        case .output(let amount): amount.subtracting(received).map { .output($0) }
        }
    }
}
