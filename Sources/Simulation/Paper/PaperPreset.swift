import Fees
public import Units
public import Winning

/// What the paper world supposes where a tape is silent. Three are shown side by side, because one figure alone says little.
///
/// Every number has its unit and its source in `table`; `docs/paper.md` prints the same.
public struct PaperPreset: Equatable, Sendable {
    public enum Name: String, CaseIterable, Sendable {
        /// What the tape tells: its gas, its feed's delay, the recorded winners; no rival is made up.
        case measured
        /// Rivals by fitted distributions, beside the recorded ones.
        case `default`
        /// One rival more, all of them faster; dearer gas; sales move the oracle.
        case adversarial
    }

    public var name: Name
    /// From the venue to the bot, where the tape does not tell; microseconds, as are the next two.
    public var feedLatency: Quantiles
    public var decisionLatency: Quantiles
    /// From the bot to whoever builds blocks.
    public var orderLatency: Quantiles
    public var usesRecordedWinners = true
    public var rivals: UInt32
    /// From what everybody sees to the rival's order at the builder's, microseconds.
    public var rivalLatency: Quantiles
    /// Of the profit before tip, in basis points.
    public var rivalTipShare: Quantiles
    /// How often a rival takes notice of an account at all.
    public var rivalPresence: BasisPoints
    /// What blocks really cost, over what the tape says.
    public var baseFeeFactor: BasisPoints
    /// Gas that liquidations may use in a block.
    public var blockGas: GasUnits
    /// The chance of being in a block that one could be in, with a tip at or above the tape's high, its median, and below.
    public var inclusionHigh: BasisPoints
    public var inclusionMedian: BasisPoints
    public var inclusionLow: BasisPoints
    /// Whether what fails is executed all the same and pays gas (public pool), or is left out (bundles).
    public var failuresCostGas = true
    /// Of the gas limit.
    public var gasOfSuccess: BasisPoints = .basisPoints(9_000)
    public var gasOfFailure: BasisPoints = .basisPoints(3_000)
    /// How much of a sale's displacement of a pool is left after a block; arbitrage takes the rest back.
    public var impactKept: BasisPoints
    /// Whether the venue's oracle follows the pools: then sales make further accounts cross.
    public var cascade: Cascade?

    /// What each market's insurance fund begins with, in whole tokens of its cash.
    public var insuranceOpening: UInt64 = 0
    /// Of each liquidation's protocol fee, what goes to the fund.
    public var insuranceShare: BasisPoints = .zero

    /// By the names of `table`: where numbers come from that were fitted, instead of the table's source.
    public var calibrated: [String: String] = [:]

    /// How an oracle follows a pool: in steps, late.
    public struct Cascade: Equatable, Sendable {
        /// It speaks when the price has moved by so much since it last did.
        public var deviation: BasisPoints
        /// Blocks from that to its word.
        public var lagBlocks: UInt64

        public init(deviation: BasisPoints, lagBlocks: UInt64) {
            self.deviation = deviation
            self.lagBlocks = lagBlocks
        }
    }

    public static let rivalsMax: UInt32 = 64
    public static let insuranceMax: UInt64 = 1_000_000_000_000

    public static func named(_ name: Name) -> PaperPreset {
        switch name {
        case .measured: measured
        case .default: standard
        case .adversarial: adversarial
        }
    }

    public static let measured = PaperPreset(
        name: .measured, feedLatency: Quantiles(from: 100_000, to: 900_000),
        decisionLatency: Quantiles(from: 30, to: 2_000), orderLatency: Quantiles(from: 50_000, to: 300_000), rivals: 0,
        rivalLatency: Quantiles(from: 150_000, to: 4_000_000), rivalTipShare: Quantiles(from: 500, to: 9_500),
        rivalPresence: .basisPoints(3_300), baseFeeFactor: .whole, blockGas: GasUnits(12_500_000),
        inclusionHigh: .basisPoints(9_700), inclusionMedian: .basisPoints(9_000), inclusionLow: .basisPoints(5_000),
        impactKept: .zero)

    public static let standard: PaperPreset = {
        var preset = measured
        preset.name = .default
        preset.rivals = 3
        preset.insuranceOpening = 1_000_000
        preset.insuranceShare = .basisPoints(5_000)
        return preset
    }()

    public static let adversarial: PaperPreset = {
        var preset = standard
        preset.name = .adversarial
        preset.rivals = 4
        preset.insuranceOpening = 0
        preset.feedLatency = Quantiles(from: 300_000, to: 2_500_000)
        preset.orderLatency = Quantiles(from: 100_000, to: 1_500_000)
        preset.rivalLatency = Quantiles(from: 100_000, to: 1_000_000)
        preset.rivalTipShare = Quantiles(from: 5_000, to: 9_900)
        preset.rivalPresence = .basisPoints(9_000)
        preset.baseFeeFactor = .basisPoints(13_000)
        preset.blockGas = GasUnits(3_000_000)
        preset.inclusionHigh = .basisPoints(9_000)
        preset.inclusionMedian = .basisPoints(7_000)
        preset.inclusionLow = .basisPoints(3_000)
        preset.impactKept = .basisPoints(9_000)
        preset.cascade = Cascade(deviation: .basisPoints(50), lagBlocks: 1)
        return preset
    }()

    /// Nothing in the way: what could be earned at most, and what tests compare with.
    public static let unhindered: PaperPreset = {
        var preset = measured
        let now = Quantiles(from: 0, to: 0)
        (preset.feedLatency, preset.decisionLatency, preset.orderLatency) = (now, now, now)
        preset.usesRecordedWinners = false
        preset.blockGas = GasUnits(UInt64.max)
        (preset.inclusionHigh, preset.inclusionMedian, preset.inclusionLow) = (.whole, .whole, .whole)
        return preset
    }()
}

extension PaperPreset {
    /// The chance to be in a block that one could be in, with a tip of this rank in it.
    func inclusion(_ rank: TipRank) -> BasisPoints {
        switch rank {
        case .high: inclusionHigh
        case .median: inclusionMedian
        case .low: inclusionLow
        }
    }
}
