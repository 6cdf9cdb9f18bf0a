import Limits
import Units

extension LimitSettings {
    /// Zero is no limit, in every key.
    init(_ reader: inout ConfigurationReader) {
        self.init()
        assetExposureMax = reader.limit("limits.asset_exposure_max")
        marketExposureMax = reader.limit("limits.market_exposure_max")
        priceAgeMax = reader.limitMilliseconds("limits.price_age_milliseconds_max")
        disputeMax = reader.limitBasisPoints("limits.price_dispute_bps_max", default: disputeMax)
        dailyLossMax = reader.limit("limits.daily_loss_max")
        let failures = reader.integer(
            "limits.consecutive_failures_max", default: Int64(consecutiveFailuresMax ?? 0), in: 0...1_000_000)
        consecutiveFailuresMax = failures == 0 ? nil : UInt32(failures)
        hourlyGasMax = reader.limit("limits.hourly_gas_wei_max")
        revertRatioMax = reader.limitBasisPoints("limits.revert_ratio_bps_max", default: revertRatioMax)
        roundTripMax = reader.limitMilliseconds("limits.round_trip_milliseconds_max")
        let gas = reader.integer("limits.block_gas_max", default: 0, in: 0...1_000_000_000)
        blockGasMax = gas == 0 ? nil : GasUnits(UInt64(gas))
    }
}

extension BotConfiguration.Model {
    init(_ reader: inout ConfigurationReader) {
        self.init()
        command = reader.strings(
            "model.command", default: [], countMin: 0, countMax: 64, allowed: "a word of 1 to 1024 bytes"
        ) { !$0.isEmpty && $0.utf8.count <= 1_024 }
        answerMax = reader.milliseconds("model.answer_milliseconds_max", default: answerMax, in: 1...10_000)
        timeToLive = reader.milliseconds("model.time_to_live_milliseconds", default: timeToLive, in: 1...600_000)
        isBuiltInWithoutAnswer = reader.value(
            "model.without_answer", default: isBuiltInWithoutAnswer, allowed: "\"builtin\" or \"nothing\""
        ) { value in
            switch value {
            case .string("builtin"): true
            case .string("nothing"): false
            default: nil
            }
        }
        transcript = reader.string(
            "model.transcript", default: transcript, allowed: "a path of at most 1024 bytes"
        ) { $0.isEmpty || ConfigurationText.isPath($0) }
    }
}

extension ConfigurationReader {
    fileprivate mutating func limit(_ key: String) -> UInt128? {
        let amount = amount(key, default: 0)
        return amount == 0 ? nil : amount
    }

    fileprivate mutating func limitMilliseconds(_ key: String) -> Interval? {
        let count = integer(key, default: 0, in: 0...86_400_000)
        return count == 0 ? nil : .milliseconds(count)
    }

    fileprivate mutating func limitBasisPoints(_ key: String, default fallback: BasisPoints?) -> BasisPoints? {
        let count = integer(key, default: Int64(fallback?.count ?? 0), in: 0...10_000)
        return count == 0 ? nil : BasisPoints(UInt32(count))
    }
}
