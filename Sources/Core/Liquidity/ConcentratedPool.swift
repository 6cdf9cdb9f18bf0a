package import Units

/// A pool of Uniswap v3: liquidity that is constant between ticks.
///
/// Example: a price of 2^96 (one for one), fee `Pips(3_000)`, spacing 60, and two ticks ±600 with ±10^18 of liquidity.
/// The ticks' prices and the amounts from stop to stop are worked out once, when the pool is made; a swap then only reads.
/// Invariant: ticks ascend strictly and are multiples of the spacing.
package struct ConcentratedPool: Equatable, Sendable {
    /// The square root of the price, 96 fractional bits.
    package private(set) var price: UInt256
    /// Where the contract says that the price is: one below a tick that was just crossed downwards.
    package private(set) var tick: Tick
    /// What is in range now.
    package private(set) var liquidity: UInt128
    package let fee: Pips
    package let spacing: Tick
    let boundaries: ContiguousArray<Boundary>
    private var down: SwapLadder?
    private var up: SwapLadder?

    /// A tick at which liquidity begins or ends.
    package struct Boundary: Equatable, Sendable {
        package let tick: Tick
        /// Added when the price passes upwards, taken off when it passes downwards.
        package let liquidityNet: Int128
        package let price: UInt256

        package init(tick: Tick, liquidityNet: Int128) {
            self.tick = tick
            self.liquidityNet = liquidityNet
            price = TickMath.root(at: tick)
        }
    }

    package init(
        price: UInt256, tick: Tick, liquidity: UInt128, fee: Pips, spacing: Tick,
        boundaries: ContiguousArray<Boundary>
    ) {
        precondition(spacing > 0, "Condition: ticks are spaced")
        precondition(price >= TickMath.leastRoot && price < TickMath.mostRoot, "Condition: a price is in range")
        precondition(
            zip(boundaries, boundaries.dropFirst()).allSatisfy { $0.tick < $1.tick }, "Condition: ticks ascend")
        precondition(boundaries.allSatisfy { $0.tick % spacing == 0 }, "Condition: ticks are multiples of the spacing")
        self.price = price
        self.tick = tick
        self.liquidity = liquidity
        self.fee = fee
        self.spacing = spacing
        self.boundaries = boundaries
        layLadders()
    }

    private mutating func layLadders() {
        let (lower, upper) = (SwapLadder(self, .zeroForOne), SwapLadder(self, .oneForZero))
        (down, up) = (lower, upper)
    }

    /// Where a swap begins to be worked out.
    func rung(_ direction: Direction, before wanted: SwapStep.Remaining) -> SwapWalk {
        (direction == .zeroForOne ? down : up)?.rung(before: wanted) ?? SwapWalk(self, direction)
    }

    /// The pool as a swap leaves it.
    package func after(_ swap: ConcentratedSwap) -> ConcentratedPool {
        var pool = self
        pool.price = swap.price
        pool.tick = swap.tick
        pool.liquidity = swap.liquidity
        pool.layLadders()
        return pool
    }
}

/// What a swap puts in and takes out, and where it leaves the pool.
package struct ConcentratedSwap: Equatable, Sendable {
    /// With the fee.
    package var amountIn: TokenAmount
    package var amountOut: TokenAmount
    package var price: UInt256
    package var liquidity: UInt128
    /// The last stop passed, or `nil` when the price came to rest between two.
    var tickOfStop: Tick?

    package var tick: Tick { tickOfStop ?? TickMath.tick(at: price) }
}
