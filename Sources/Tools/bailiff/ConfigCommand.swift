import Configuration
import Console
import Desk
import Domain
import Foundation
import Limits
import Strategy
import Units
import Winning

/// `bailiff config`: what is in force.
struct ConfigCommand {
    private let configuration: BotConfiguration
    private let showsStrategy: Bool
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        configuration = try arguments.value("config").map { try Self.load($0) } ?? BotConfiguration()
        showsStrategy = arguments.has("strategy")
        wantsJSON = arguments.wantsJSON
    }

    /// The configuration of a file, with the keys of attestors checked to be keys: what `run` would accept.
    static func load(_ file: String) throws -> BotConfiguration {
        let configuration = try BotConfiguration.load(file)
        guard let bad = Attestors.badKey(in: configuration.attestors) else { return configuration }
        throw CommandFailure(
            code: .configuration,
            message: "\(file): attestation.keys: found \(bad), which is no public key; allowed: a point of its curve")
    }

    func perform() throws {
        let rows = showsStrategy ? strategyRows : overviewRows
        if wantsJSON {
            let object = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
            try StandardStreams.line(JSONText.encode(object))
            return
        }
        let header =
            showsStrategy
            ? ["parameter", "value", "default", "allowed", "scale", "unit", "meaning"] : ["key", "value"]
        try StandardStreams.line(TextTable(header: header, rows: rows).text)
    }

    private var strategyRows: [[String]] {
        StrategyParameters.table.map { row in
            [
                row.name, row.text(row.read(configuration.strategy)), row.text(row.read(StrategyParameters())),
                row.allowed, row.scale.name, row.unit, row.meaning,
            ]
        }
    }

    private var overviewRows: [[String]] {
        [
            ["mode", configuration.mode.rawValue], ["live.enabled", "\(configuration.isLiveEnabled)"],
            ["feed.endpoints", configuration.feed.endpoints.joined(separator: ", ")],
            ["feed.topics", configuration.feed.topics.map { "\"\($0)\"" }.joined(separator: ", ")],
            ["feed.high_water_mark", "\(configuration.feed.highWaterMark)"],
            ["feed.silence_milliseconds_max", Self.milliseconds(configuration.feed.silenceMax)],
            ["venue.url", configuration.venue.url], ["venue.liquidator", configuration.venue.liquidator],
            ["venue.request_milliseconds_max", Self.milliseconds(configuration.venue.requestMax)],
            ["venue.attempts_max", "\(configuration.venue.attemptsMax)"],
            ["venue.status_poll_milliseconds", Self.milliseconds(configuration.venue.statusPoll)],
            ["journal.path", configuration.journalPath], ["capital.cash", "\(configuration.capital)"],
            ["capital.gas_money_wei", "\(configuration.gasMoney)"],
        ] + limitRows + proceedsRows + [
            ["segments.exclude", configuration.excludedTags.joined(separator: ", ")],
            ["attestation.keys", configuration.attestors.map { "\($0.market):\($0.key)" }.joined(separator: ", ")],
            ["model.command", configuration.model.command.map { "\"\($0)\"" }.joined(separator: ", ")],
            ["model.answer_milliseconds_max", Self.milliseconds(configuration.model.answerMax)],
            ["model.time_to_live_milliseconds", Self.milliseconds(configuration.model.timeToLive)],
            ["model.without_answer", configuration.model.isBuiltInWithoutAnswer ? "builtin" : "nothing"],
            ["model.transcript", configuration.model.transcript],
            ["output.summary", "\(configuration.printsSummary)"],
        ]
    }

    private var proceedsRows: [[String]] {
        let word: (AssetUse) -> String = { use in
            switch use {
            case .pool: "pool"
            case .depth: "depth"
            case .keep(let keeping):
                "keep, haircut_bps \(keeping.haircut.count), held_max \(keeping.heldMax), held \(keeping.held)"
            }
        }
        let (winning, transaction) = (configuration.winning, configuration.transaction)
        return [["proceeds.otherwise", word(configuration.proceeds.otherwise)]]
            + configuration.proceeds.assets.enumerated().map { position, choice in
                ["proceeds.assets[\(position)]", "\(choice.asset) of \(choice.market): \(word(choice.use))"]
            } + [
                ["winning.table", winning.file], ["winning.learns", "\(winning.learns)"],
                ["winning.weight", "\(winning.weight)"], ["transaction.zero_bytes", "\(transaction.zeroBytes)"],
                ["transaction.other_bytes", "\(transaction.otherBytes)"],
                ["transaction.fastlz_bytes", "\(transaction.compressed)"],
            ]
    }

    /// A limit that is none shows as 0, as it is written.
    private var limitRows: [[String]] {
        let limits = configuration.limits
        let milliseconds: (Interval?) -> String = { $0.map(Self.milliseconds) ?? "0" }
        return [
            ["limits.asset_exposure_max", "\(limits.assetExposureMax ?? 0)"],
            ["limits.market_exposure_max", "\(limits.marketExposureMax ?? 0)"],
            ["limits.price_age_milliseconds_max", milliseconds(limits.priceAgeMax)],
            ["limits.price_dispute_bps_max", "\(limits.disputeMax?.count ?? 0)"],
            ["limits.daily_loss_max", "\(limits.dailyLossMax ?? 0)"],
            ["limits.consecutive_failures_max", "\(limits.consecutiveFailuresMax ?? 0)"],
            ["limits.hourly_gas_wei_max", "\(limits.hourlyGasMax ?? 0)"],
            ["limits.revert_ratio_bps_max", "\(limits.revertRatioMax?.count ?? 0)"],
            ["limits.round_trip_milliseconds_max", milliseconds(limits.roundTripMax)],
            ["limits.block_gas_max", "\(limits.blockGasMax?.count ?? 0)"],
        ]
    }

    private static func milliseconds(_ interval: Interval) -> String { "\(interval.nanoseconds / 1_000_000)" }
}

/// JSON with keys in order, so that two runs can be compared as text.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
