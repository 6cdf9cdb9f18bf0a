import Domain
import Margin
import Strategy
import Units

extension MarginDrift {
    static let tierCount = 3

    /// The widest first. A narrow one is exceeded often and proves more.
    static let tiers: InlineArray<3, MarginDrift> = [
        MarginDrift(price: 0.1, pool: 0.02), MarginDrift(price: 0.02, pool: 0.004),
        MarginDrift(price: 0.004, pool: 0.001),
    ]

    /// What two places within reach of one anchor are apart is no more than the drift.
    var reach: MarginDrift { MarginDrift(price: price * 0.48, pool: pool * 0.48) }
}

/// By tier of drift, what no bid on any of the pairs exceeds that were included.
struct TierMargins {
    private var highest = InlineArray<3, Double>(repeating: -.infinity)

    subscript(tier: Int) -> Double { highest[tier] }

    mutating func include(_ pair: PairCeiling) {
        for tier in 0..<MarginDrift.tierCount {
            highest[tier] = max(highest[tier], pair.margin(within: MarginDrift.tiers[tier]))
        }
    }
}

/// What accounts can bring at most while the market stays near where it was when they were looked at: who stands below the edge and
/// is not worth its gas need not be worked out in every block.
///
/// Each asset has, for each tier of drift, a place where it was last anchored and a number that grows whenever it has left what is
/// within reach of it; a ceiling is made anywhere within, and holds while the numbers of all assets it depends on are those of
/// when it was made.
struct MarginCeilings: ~Copyable {
    /// By account, rounded up; short until somebody is noted.
    private var ceilings = Column<Float>()
    private var stamps = Column<UInt32>()
    private var tiers = Column<UInt8>()
    private var eras = Column<UInt32>()
    /// The epoch of the tier in which the stamp was last found to be that of now.
    private var epochs = Column<UInt32>()
    /// By tier, how often any asset has left its surroundings: while it stays, no stamp changes.
    private var epoch = InlineArray<3, UInt32>(repeating: 0)
    /// By reserve and tier.
    private var anchors = Column<Anchor>()
    /// Grows when anything else changes than what drifts.
    private(set) var era: UInt32 = 0

    struct Anchor: BitwiseCopyable {
        var place = MarginPlace()
        var number: UInt32 = 0
    }

    /// Everything that was noted is forgotten: a definition has changed.
    mutating func forget() {
        era += 1
        for tier in 0..<MarginDrift.tierCount { epoch[tier] += 1 }
    }

    /// Anchors anew what has left its surroundings.
    mutating func follow(_ reserve: ReserveIndex, _ place: MarginPlace) {
        let first = reserve.position * MarginDrift.tierCount
        if anchors.count < first + MarginDrift.tierCount {
            anchors.append(repeating: Anchor(), count: first + MarginDrift.tierCount - anchors.count)
        }
        for tier in 0..<MarginDrift.tierCount
        where !anchors[first + tier].place.isNear(place, within: MarginDrift.tiers[tier].reach) {
            anchors[first + tier].place = place
            anchors[first + tier].number += 1
            epoch[tier] += 1
        }
    }

    /// - Parameter margin: cash that no bid on the account exceeds, within that drift.
    mutating func note(_ account: AccountIndex, _ margin: Double, tier: Int, stamp: UInt32) {
        let missing = account.position + 1 - ceilings.count
        if missing > 0 {
            ceilings.append(repeating: .infinity, count: missing)
            stamps.append(repeating: .max, count: missing)
            tiers.append(repeating: 0, count: missing)
            eras.append(repeating: 0, count: missing)
            epochs.append(repeating: 0, count: missing)
        }
        eras[account.position] = era
        ceilings[account.position] = Float(margin).nextUp
        stamps[account.position] = stamp
        tiers[account.position] = UInt8(tier)
        epochs[account.position] = epoch[tier]
    }

    /// Whether nothing was anchored anew since the account's stamp was last found to be that of now. It must have been noted.
    func stillHolds(_ account: AccountIndex) -> Bool {
        stamps[account.position] != .max && epochs[account.position] == epoch[Int(tiers[account.position])]
    }

    /// The account's stamp is found to be that of now.
    mutating func noteHolds(_ account: AccountIndex) {
        epochs[account.position] = epoch[Int(tiers[account.position])]
    }

    mutating func forget(_ account: AccountIndex) {
        guard account.position < ceilings.count else { return }
        ceilings[account.position] = .infinity
        stamps[account.position] = .max
    }

    /// Whether anything was noted of the account as it is, under definitions as they are: perhaps elsewhere.
    func isKnown(_ account: AccountIndex) -> Bool {
        account.position < ceilings.count && stamps[account.position] != .max && eras[account.position] == era
    }

    /// What is noted of an account, and for which tier. A margin without end says that nothing could be proved.
    func noted(_ account: AccountIndex) -> (margin: Double, tier: Int, stamp: UInt32)? {
        guard account.position < ceilings.count else { return nil }
        return (Double(ceilings[account.position]), Int(tiers[account.position]), stamps[account.position])
    }

    /// How often an asset has left its surroundings. Sums of these are equal only where all of them are.
    func number(of reserve: ReserveIndex, tier: Int) -> UInt32 {
        let position = reserve.position * MarginDrift.tierCount + tier
        return position < anchors.count ? anchors[position].number : 0
    }

    var residentBytes: Int {
        ceilings.residentBytes + stamps.residentBytes + tiers.residentBytes + eras.residentBytes + epochs.residentBytes
    }
}

/// Where an asset stands.
struct MarginPlace: BitwiseCopyable {
    var price = 0.0
    var supplyIndex = 0.0
    var borrowIndex = 0.0
    /// The pool's price over the oracle's, in cash; 0 without a pool.
    var pool = 0.0

    init() {}

    /// - Parameter reserve: must be known.
    init(of reserve: ReserveIndex, cash: Price?, in reserves: borrowing ReserveTable) {
        let rough = reserves.rough(reserve)
        (price, supplyIndex, borrowIndex) = (rough.price, rough.supplyIndex, rough.borrowIndex)
        guard let pool = reserves.roughPool(of: reserve), let cash = cash?.baseUnits.approximate, price > 0 else {
            return
        }
        self.pool = pool.price * cash / price
    }

    func isNear(_ other: MarginPlace, within drift: MarginDrift) -> Bool {
        Self.isNear(price, other.price, drift.price) && Self.isNear(supplyIndex, other.supplyIndex, drift.price)
            && Self.isNear(borrowIndex, other.borrowIndex, drift.price) && Self.isNear(pool, other.pool, drift.pool)
    }

    private static func isNear(_ a: Double, _ b: Double, _ drift: Double) -> Bool {
        a == b || (a <= b * (1 + drift) && b <= a * (1 + drift))
    }
}
