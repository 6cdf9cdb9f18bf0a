package import Units

/// Everything about bidding that may be chosen: the one record that configuration sets and tuning varies.
///
/// Each field has a row in `table` with its unit, range and default; a value outside its range is refused at the border,
/// so the core may rely on the ranges.
package struct StrategyParameters: Equatable, Sendable {
    /// Net profit below which a bid is refused, in whole units of the cash token's millionth.
    package var minimumProfitMicros: Int64 = 1_000_000
    /// Net profit below which a bid is refused, as a share of the money put at risk.
    package var minimumReturn: BasisPoints = .basisPoints(10)
    /// The share of the profit before tip that is offered as priority fee.
    package var tipShare: BasisPoints = .basisPoints(2_000)
    /// The priority fee is never above this.
    package var tipMax: GasPrice = GasPrice(weiPerGas: 2_000_000_000_000)
    /// The fee cap is the base fee times this, plus the priority fee: room for the base fee to rise while we wait.
    package var baseFeeHeadroom: BasisPoints = .basisPoints(20_000)
    /// Gas that one liquidation with its swaps is assumed to use.
    package var gasPerLiquidation: GasUnits = GasUnits(500_000)
    /// What a bid must still leave when it is executed, as a share of the margin it was simulated with.
    package var marginFloor: BasisPoints = .basisPoints(5_000)
    /// A bid is withdrawn by the venue when this many blocks have passed.
    package var deadlineBlocks: UInt64 = 25
    /// Intents that may be open at once.
    package var openIntentsMax: UInt32 = 64
    /// Whether repayment may be borrowed within the transaction when capital does not suffice.
    package var usesFlashLoans: Bool = true

    package init() {}
}

extension StrategyParameters {
    /// One row of the table of parameters.
    package struct Row: Sendable {
        package let name: String
        package let unit: String
        package let range: ClosedRange<Int64>
        package let meaning: String
        package let read: @Sendable (StrategyParameters) -> Int64
        package let write: @Sendable (inout StrategyParameters, Int64) -> Void
    }

    /// Every numeric parameter: name, unit, allowed range; the default is `read(StrategyParameters())`.
    package static let table: [Row] = [
        Row(
            name: "minimum_profit_micros", unit: "millionths of one cash token",
            range: -1_000_000_000_000...1_000_000_000_000_000,
            meaning: "net profit below which a bid is refused",
            read: { $0.minimumProfitMicros }, write: { $0.minimumProfitMicros = $1 }),
        Row(
            name: "minimum_return_bps", unit: "basis points", range: 0...10_000,
            meaning: "net profit below which a bid is refused, as a share of the money put at risk",
            read: { Int64($0.minimumReturn.count) }, write: { $0.minimumReturn = BasisPoints(UInt32($1)) }),
        Row(
            name: "tip_share_bps", unit: "basis points", range: 0...9_900,
            meaning: "share of the profit before tip offered as priority fee",
            read: { Int64($0.tipShare.count) }, write: { $0.tipShare = BasisPoints(UInt32($1)) }),
        Row(
            name: "tip_wei_max", unit: "wei per gas", range: 0...1_000_000_000_000_000,
            meaning: "the priority fee is never above this",
            read: { Int64($0.tipMax.weiPerGas) }, write: { $0.tipMax = GasPrice(weiPerGas: UInt64($1)) }),
        Row(
            name: "base_fee_headroom_bps", unit: "basis points", range: 10_000...100_000,
            meaning: "fee cap over the base fee, before the priority fee",
            read: { Int64($0.baseFeeHeadroom.count) }, write: { $0.baseFeeHeadroom = BasisPoints(UInt32($1)) }),
        Row(
            name: "gas_per_liquidation", unit: "gas", range: 21_000...16_777_216,
            meaning: "gas that one liquidation with its swaps is assumed to use",
            read: { Int64($0.gasPerLiquidation.count) }, write: { $0.gasPerLiquidation = GasUnits(UInt64($1)) }),
        Row(
            name: "margin_floor_bps", unit: "basis points", range: 0...10_000,
            meaning: "what a bid must still leave when executed, as a share of the simulated margin",
            read: { Int64($0.marginFloor.count) }, write: { $0.marginFloor = BasisPoints(UInt32($1)) }),
        Row(
            name: "deadline_blocks", unit: "blocks", range: 1...10_000,
            meaning: "blocks after which the venue drops the bid",
            read: { Int64($0.deadlineBlocks) }, write: { $0.deadlineBlocks = UInt64($1) }),
        Row(
            name: "open_intents_max", unit: "intents", range: 1...4_096,
            meaning: "intents that may be open at once",
            read: { Int64($0.openIntentsMax) }, write: { $0.openIntentsMax = UInt32($1) }),
    ]
}
