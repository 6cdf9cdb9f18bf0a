import Units

/// Trouble on purpose. Each is a few numbers over time, scaled by a severity of which 1 is the table's and 0 is a quiet day.
///
/// | name | what it stands for |
/// |---|---|
/// | `instant-crash` | within a block, before anybody can act: ether −40 %, bitcoin −35 % |
/// | `slow-grind` | the same and more, over 180 blocks: everything acts in time if it can act at all |
/// | `depeg` | the pegged token −30 % in 10 blocks, half of it back later; the others barely move |
/// | `gas-blowout` | ether −25 % in 20 blocks while gas costs 100 times as much and a block holds a tenth |
/// | `oracle-freeze` | ether −30 %, bitcoin −25 % in 20 blocks; the oracle says nothing of it for 80 |
/// | `oracle-manipulation` | the oracle says twice the pegged token's price for 10 blocks; somebody borrows against it and goes |
/// | `thin-liquidity` | ether −25 % in 20 blocks into pools with a twentieth of their depth |
/// | `correlated-collapse` | ether and bitcoin −50 %, the pegged token −30 % in 30 blocks, half of the depth gone |
/// | `cascade` | ether −15 %, half of the depth gone and nobody buys back: sales move the oracle, which makes sales |
public enum StressScenario: String, CaseIterable, Sendable {
    case instantCrash = "instant-crash"
    case slowGrind = "slow-grind"
    case depeg
    case gasBlowout = "gas-blowout"
    case oracleFreeze = "oracle-freeze"
    case oracleManipulation = "oracle-manipulation"
    case thinLiquidity = "thin-liquidity"
    case correlatedCollapse = "correlated-collapse"
    case cascade

    /// When trouble begins.
    public static let start = 10

    /// Falls of ether, bitcoin and the pegged token in parts per million, and over how many blocks.
    var falls: (ether: Millionths, bitcoin: Millionths, pegged: Millionths, blocks: Int) {
        switch self {
        case .instantCrash: (400_000, 350_000, 0, 1)
        case .slowGrind: (450_000, 400_000, 0, 180)
        case .depeg: (30_000, 30_000, 300_000, 10)
        case .gasBlowout: (250_000, 200_000, 0, 20)
        case .oracleFreeze: (300_000, 250_000, 0, 20)
        case .oracleManipulation: (0, 0, 0, 1)
        case .thinLiquidity: (250_000, 200_000, 0, 20)
        case .correlatedCollapse: (500_000, 500_000, 300_000, 30)
        case .cascade: (150_000, 100_000, 0, 10)
        }
    }

    /// Of the depth, what goes, in parts per million.
    var depthLost: Millionths {
        switch self {
        case .thinLiquidity: 950_000
        case .correlatedCollapse, .cascade: 500_000
        default: 0
        }
    }

    /// Of a sale's displacement of a pool, what is left after a block.
    var impactKept: BasisPoints { self == .cascade ? .basisPoints(9_950) : .basisPoints(8_000) }
}

/// Severity in hundredths: 100 is 1.
public struct StressSeverity: Hashable, Sendable {
    public let hundredths: UInt64
    public static let most: UInt64 = 200
    public static let one = StressSeverity(100)

    public init(_ hundredths: UInt64) {
        precondition(hundredths <= Self.most, "Condition: a severity is at most 2")
        self.hundredths = hundredths
    }

    /// Scaled, and never more than so much of the whole.
    func scaled(_ share: Millionths, most: Millionths = 950_000) -> Millionths {
        min(most, share * hundredths / 100)
    }
}
