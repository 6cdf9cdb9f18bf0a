import Domain
import Fees
import Strategy
import Units

/// What a market's transactions use, by action, from their receipts.
struct LearnedGas: Sendable {
    private var estimators: InlineArray<2, GasEstimator>
    /// What is assumed now, so that a decision sorts nothing.
    private var estimates: InlineArray<2, GasUnits?> = [nil, nil]
    private var counts: InlineArray<2, Int> = [0, 0]

    init(_ parameters: StrategyParameters) {
        estimators = [Self.estimator(parameters.gasPerLiquidation), Self.estimator(parameters.gasPerRevert)]
    }

    /// A receipt that is far from what was configured moves the estimate no further than fourfold.
    private static func estimator(_ preset: GasUnits) -> GasEstimator {
        let least = max(preset.count / 4, 1)
        let most = min(preset.count * 4, IntrinsicGas.limitMax.count)
        return GasEstimator(preset: preset, bounds: GasUnits(least)...GasUnits(max(most, preset.count)))
    }

    mutating func learn(_ used: GasUnits, _ action: GasAction) {
        let position = Int(action.rawValue)
        estimators[position].learn(used)
        counts[position] = min(counts[position] + 1, GasEstimator.receiptsMax)
        if counts[position] >= GasEstimator.receiptsMin { estimates[position] = estimators[position].estimate }
    }

    /// `nil` until enough receipts have come.
    func learned(_ action: GasAction) -> GasUnits? { estimates[Int(action.rawValue)] }
}

/// The bytes of a signed transaction: counted, and as FastLZ makes them.
///
/// The default is `liquidationCall` with its signature: 4 + 5 · 32 bytes of call, mostly zeros, and about 110 around it.
public struct TransactionSize: Equatable, Sendable {
    public var zeroBytes: UInt64 = 104
    public var otherBytes: UInt64 = 176
    public var compressed: UInt64 = 230

    public init() {}

    /// What a rollup charges for them; nothing where it charges nothing. Past 128 bits it is the most, which nobody pays.
    func dataFee(at prices: RollupPrices?) -> Wei {
        guard let prices else { return 0 }
        let fee = RollupFee(
            baseFee: Wei(prices.baseFee), blobBaseFee: Wei(prices.blobBaseFee), baseFeeScalar: prices.baseFeeScalar,
            blobBaseFeeScalar: prices.blobBaseFeeScalar)
        return switch prices.rule {
        case .ecotone: fee.ecotone(zeroBytes: zeroBytes, otherBytes: otherBytes) ?? .max >> 2
        case .fjord: fee.fjord(fastLZLength: compressed) ?? .max >> 2
        }
    }
}
