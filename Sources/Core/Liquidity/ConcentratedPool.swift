public import Units

/// A pool of Uniswap v3: liquidity that is constant between ticks.
///
/// Example: a price of 2^96 (one for one), fee `Pips(3_000)`, spacing 60, and two ticks ±600 with ±10^18 of liquidity.
/// The ticks' prices and the amounts from stop to stop are worked out once, when the pool is made; a swap then only reads.
/// Invariant: ticks ascend strictly and are multiples of the spacing.
public struct ConcentratedPool: Equatable, Sendable {
    /// The square root of the price, 96 fractional bits.
    public private(set) var price: UInt256
    /// Where the contract says that the price is: one below a tick that was just crossed downwards.
    public private(set) var tick: Tick
    /// What is in range now.
    public private(set) var liquidity: UInt128
    public let fee: Pips
    public let spacing: Tick
    let boundaries: ContiguousArray<Boundary>
    private var down: SwapLadder?
    private var up: SwapLadder?

    /// A tick at which liquidity begins or ends.
    public struct Boundary: Equatable, Sendable {
        public let tick: Tick
        /// Added when the price passes upwards, taken off when it passes downwards.
        public let liquidityNet: Int128
        public let price: UInt256

        public init(tick: Tick, liquidityNet: Int128) {
            self.tick = tick
            self.liquidityNet = liquidityNet
            price = TickMath.root(at: tick)
        }
    }

    public init(
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
    public func after(_ swap: ConcentratedSwap) -> ConcentratedPool {
        var pool = self
        pool.price = swap.price
        pool.tick = swap.tick
        pool.liquidity = swap.liquidity
        pool.layLadders()
        return pool
    }
}

/// What a swap puts in and takes out, and where it leaves the pool.
public struct ConcentratedSwap: Equatable, Sendable {
    /// With the fee.
    public var amountIn: TokenAmount
    public var amountOut: TokenAmount
    public var price: UInt256
    public var liquidity: UInt128
    /// The last stop passed, or `nil` when the price came to rest between two.
    var tickOfStop: Tick?

    public var tick: Tick { tickOfStop ?? TickMath.tick(at: price) }
}
