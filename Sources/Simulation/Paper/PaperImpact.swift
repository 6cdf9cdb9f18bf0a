import Domain
import Units

/// How our and the rivals' sales have moved an asset's pool away from where the tape has it, and the oracle after it.
///
/// A sale of s into a pool of a units of the asset lowers its price by (a / (a + s))², the fee aside: a constant product.
struct PaperImpact {
    var tapePool: Pool?
    var tapePrice: Price?
    var poolStream = StreamIndex(0)
    var priceStream = StreamIndex(0)
    /// Units of the asset that are in the pool beyond the tape's: from earlier blocks, and of this one.
    private(set) var aged: Int128 = 0
    private(set) var fresh: Int128 = 0
    /// Of the tape's price, in parts per billion, what the oracle says.
    private(set) var factor: UInt64 = PaperImpact.whole
    private var pending: (factor: UInt64, block: BlockNumber)?

    static let whole: UInt64 = 1_000_000_000

    var isMoved: Bool { aged != 0 || fresh != 0 || factor != Self.whole || pending != nil }

    mutating func trade(_ amount: TokenAmount, isSale: Bool) {
        let change = Int128(clamping: amount)
        fresh += isSale ? change : -change
    }

    /// A block has ended: arbitrage has taken back part of what was there before it.
    mutating func age(keeping share: BasisPoints) {
        aged = aged * Int128(share.count) / 10_000 + fresh
        fresh = 0
    }

    /// The tape's pool with our sales in it: the same product, another price.
    func displaced(_ pool: Pool) -> Pool {
        let sold = aged + fresh
        guard sold != 0 else { return pool }
        let room = Int128.max / 4
        let asset = TokenAmount(max(1, min(Int128(clamping: pool.assetReserve), room) + max(-room, min(sold, room))))
        let cash = UInt256(pool.assetReserve).multiplied(
            by: UInt256(pool.cashReserve), dividedRoundingUpBy: UInt256(asset))?.asUInt128
        guard let cash, cash > 0, cash <= TokenAmount(room) else { return pool }
        return Pool(assetReserve: asset, cashReserve: cash, fee: pool.fee)
    }

    func published(_ price: Price) -> Price { Self.published(price, by: factor) }

    /// Rounded down, and never nothing.
    static func published(_ price: Price, by factor: UInt64) -> Price {
        guard factor != whole else { return price }
        let scaled = UInt256(price.baseUnits).multiplied(
            by: UInt256(factor), dividedRoundingDownBy: UInt256(whole))
        return Price(baseUnits: max(1, scaled?.asUInt128 ?? price.baseUnits))
    }

    /// Whether the oracle speaks after this block. It looks at the pool, waits, and says what it saw.
    mutating func follow(_ cascade: PaperPreset.Cascade, after block: BlockNumber) -> Bool {
        if pending == nil {
            let seen = poolFactor
            let apart = seen > factor ? seen - factor : factor - seen
            if apart > 0, UInt128(apart) * 10_000 >= UInt128(factor) * UInt128(cascade.deviation.count) {
                pending = (seen, block + cascade.lagBlocks)
            }
        }
        guard let due = pending, due.block <= block else { return false }
        factor = due.factor
        pending = nil
        return true
    }

    /// (a / (a + sold))² in parts per billion.
    private var poolFactor: UInt64 {
        guard let tape = tapePool else { return Self.whole }
        let moved = displaced(tape).assetReserve
        guard let once = UInt256(tape.assetReserve).multiplied(by: UInt256(Self.whole)),
            let square = once.multiplied(by: UInt256(tape.assetReserve), dividedRoundingDownBy: UInt256(moved))
        else { return Self.whole }
        return max(1, UInt64(clamping: square.dividedRoundingDown(by: UInt256(moved)).low))
    }
}
