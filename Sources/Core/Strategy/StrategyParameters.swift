public import Units
public import Winning

/// Everything about bidding that may be chosen: the one record that configuration sets and tuning varies.
///
/// Each field has a row in `table` with its unit, scale, range and default; a value outside its range is refused at the border,
/// so the core may rely on the ranges.
public struct StrategyParameters: Equatable, Sendable {
    /// Net profit below which a bid is refused, in whole units of the cash token's millionth.
    public var minimumProfitMicros: Int64 = 1_000_000
    /// Net profit below which a bid is refused, as a share of the money put at risk.
    public var minimumReturn: BasisPoints = .basisPoints(10)
    /// The share of the profit before tip that is offered as priority fee, when nobody else is supposed to be there.
    public var tipShare: BasisPoints = .basisPoints(2_000)
    /// The priority fee is never above this.
    public var tipMax: GasPrice = GasPrice(weiPerGas: 2_000_000_000_000)
    /// The fee cap is the base fee times this, plus the priority fee: room for the base fee to rise while we wait.
    public var baseFeeHeadroom: BasisPoints = .basisPoints(20_000)
    /// Gas that one liquidation with its swaps is assumed to use.
    public var gasPerLiquidation: GasUnits = GasUnits(500_000)
    /// Gas that one that comes too late is assumed to use.
    public var gasPerRevert: GasUnits = GasUnits(150_000)
    /// What a bid must still leave when it is executed, as a share of the margin it was simulated with.
    public var marginFloor: BasisPoints = .basisPoints(5_000)
    /// A bid is withdrawn by the venue when this many blocks have passed.
    public var deadlineBlocks: UInt64 = 25
    /// Intents that may be open at once.
    public var openIntentsMax: UInt32 = 64
    /// Whether repayment may be borrowed within the transaction when capital does not suffice.
    public var usesFlashLoans: Bool = true
    /// Whether an account is taken in two calls where that repays more.
    public var takesTwoSteps: Bool = false
    /// How much of the best size is taken.
    public var sizeShare: BasisPoints = .whole
    /// Whether seized assets may be kept, and debts paid from what is kept, where depth is worse.
    public var keepsInventory: Bool = false
    /// What an asset that is kept counts less than the oracle says, and one that is given away more.
    public var inventoryHaircut: BasisPoints = .basisPoints(100)
    public var contestants = Contestants()

    public init() {}
}

/// What is supposed of those who bid against us.
public struct Contestants: Equatable, Sendable {
    public enum Model: UInt8, CaseIterable, Sendable { case always, table, rivals }

    public var model = Model.always
    public var rule = ContestRule.sealedBid
    /// From the message that everybody sees until the block is closed to new bids.
    public var windowMicroseconds: Int64 = 6_000_000
    /// Of the table: the chance without a tip, and with the whole stake; straight in between.
    public var chanceLeast: BasisPoints = .basisPoints(500)
    public var chanceMost: BasisPoints = .basisPoints(9_500)
    public var rivals: UInt32 = 2
    /// What a rival pays at most: equally likely everywhere between two shares of the stake.
    public var reservationLow: BasisPoints = .basisPoints(2_000)
    public var reservationHigh: BasisPoints = .basisPoints(8_000)
    /// What it offers at first, as a share of that, and how often it raises when it sees our tip.
    public var opening: BasisPoints = .whole
    public var reaction: BasisPoints = .zero
    public var rivalLatencyLow: Int64 = 50_000
    public var rivalLatencyHigh: Int64 = 2_000_000
    public var ownLatencyLow: Int64 = 20_000
    public var ownLatencyHigh: Int64 = 500_000
    /// Our tip is never a larger share of the stake.
    public var tipShareMax: BasisPoints = .basisPoints(9_000)

    public init() {}
}

extension StrategyParameters {
    public var tipShareMax: BasisPoints { contestants.tipShareMax }

    public var contest: Contest {
        Contest(contestants.rule, timeLeft: Interval(nanoseconds: contestants.windowMicroseconds * 1_000))
    }

    /// Ranges have been kept and ends are in order (`conflict`).
    public var winModel: WinModel {
        switch contestants.model {
        case .always: .always
        case .table: .table(WinTable(from: contestants.chanceLeast, to: contestants.chanceMost))
        case .rivals:
            .rivals(
                RivalModel(
                    count: contestants.rivals,
                    reservation: Quantiles(
                        from: Int64(contestants.reservationLow.count), to: Int64(contestants.reservationHigh.count)),
                    openingBasisPoints: contestants.opening.count,
                    reaction: Chance(UInt64(contestants.reaction.count), of: 10_000),
                    latency: Quantiles(from: contestants.rivalLatencyLow, to: contestants.rivalLatencyHigh),
                    ownLatency: Quantiles(from: contestants.ownLatencyLow, to: contestants.ownLatencyHigh)))
        }
    }

    /// Two parameters that contradict each other: the lower end's name and what it may be; `nil` when none do.
    public var conflict: (name: String, found: String, allowed: String)? {
        let ends: InlineArray<4, (String, Int64, Int64, String)> = [
            (
                "win_chance_least_bps", Int64(contestants.chanceLeast.count), Int64(contestants.chanceMost.count),
                "win_chance_most_bps"
            ),
            (
                "rival_reservation_low_bps", Int64(contestants.reservationLow.count),
                Int64(contestants.reservationHigh.count), "rival_reservation_high_bps"
            ),
            (
                "rival_latency_low_micros", contestants.rivalLatencyLow, contestants.rivalLatencyHigh,
                "rival_latency_high_micros"
            ),
            (
                "own_latency_low_micros", contestants.ownLatencyLow, contestants.ownLatencyHigh,
                "own_latency_high_micros"
            ),
        ]
        for position in ends.indices where ends[position].1 > ends[position].2 {
            let (name, low, high, other) = ends[position]
            return (name, "\(low)", "at most \(other), which is \(high)")
        }
        return nil
    }
}
