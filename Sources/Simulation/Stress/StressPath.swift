public import Units

/// A scenario worked out block by block: the market, the oracle, gas and depth, each for itself.
public struct StressPath: Equatable, Sendable {
    public struct Block: Equatable, Sendable {
        /// Of each asset's first price, in the market outside; parts per million.
        public var market: [Millionths] = [1_000_000, 1_000_000, 1_000_000]
        /// Of what the oracle sees, what it says.
        public var oracle: [Millionths] = [1_000_000, 1_000_000, 1_000_000]
        /// The oracle repeats its last word.
        public var isFrozen = false
        /// Gas costs so many times as much, in hundredths; of a block's room, what is there.
        public var gas: UInt64 = 100
        public var room: Millionths = 1_000_000
        public var depth: Millionths = 1_000_000
        /// Somebody borrows against what the oracle says of the pegged token.
        public var isAttack = false
    }

    public internal(set) var blocks: [Block] = []
    public let impactKept: BasisPoints

    public static let frozenBlocks = 80
    public static let manipulatedBlocks = 10
    /// The market's own trembling, at severity 1: at most so much either way.
    static let noise: Millionths = 4_000

    public init(_ scenario: StressScenario, _ severity: StressSeverity, seed: UInt64, blocks count: Int) {
        impactKept = scenario.impactKept
        var random = SeededGenerator(seed: seed ^ 0x5052_4943_4553)
        for block in 0..<count {
            var row = Block()
            let since = block - StressScenario.start
            if since >= 0 { Self.trouble(scenario, severity, since, &row) }
            for asset in row.market.indices {
                let amplitude = severity.scaled(Self.noise)
                let draw = random.below(2 * amplitude + 1)
                row.market[asset] = row.market[asset] * (1_000_000 + draw - amplitude) / 1_000_000
            }
            blocks.append(row)
        }
    }

    private static func trouble(
        _ scenario: StressScenario, _ severity: StressSeverity, _ since: Int, _ row: inout Block
    ) {
        let falls = scenario.falls
        let passed = Millionths(min(since + 1, falls.blocks))
        for (asset, fall) in [falls.ether, falls.bitcoin, falls.pegged].enumerated() {
            row.market[asset] = 1_000_000 - severity.scaled(fall) * passed / Millionths(falls.blocks)
        }
        row.depth = 1_000_000 - severity.scaled(scenario.depthLost, most: 990_000)
        switch scenario {
        case .depeg where since >= 60:
            row.market[2] = 1_000_000 - severity.scaled(falls.pegged) / 2
        case .gasBlowout:
            row.gas = 100 + 9_900 * severity.hundredths / 100
            row.room = 1_000_000 - severity.scaled(900_000)
        case .oracleFreeze: row.isFrozen = severity.hundredths > 0 && since < frozenBlocks
        case .oracleManipulation:
            if since < manipulatedBlocks { row.oracle[2] = 1_000_000 + severity.scaled(1_000_000, most: 2_000_000) }
            row.isAttack = since == 1
        default: break
        }
    }
}
