import Domain
import MarginEngine
import Units

/// What `episode.json` holds: everything of an episode but its events. Integers that may pass 2^53 are decimal text.
struct EpisodeManifest: Codable, Equatable {
    struct Asset: Codable, Equatable {
        var name: String
        var decimals: UInt8
        var liquidation_threshold_bps: UInt32
        var liquidation_bonus_bps: UInt32
        var protocol_fee_bps: UInt32
        var scale_ppm: UInt32
    }

    var format: Int
    var title: String
    var synthetic: Bool
    var market: String
    var rules: String
    var close_factor_bps: UInt32
    var flash_loan_fee_bps: UInt32
    var cash: String
    var native: String
    var reserves: [Asset]
    var start_ns: String
    var end_ns: String
    var block_interval_ns: String
    var first_block: String
    /// How many rows the events' file has: a file that was cut off is noticed.
    var events: Int

    /// Raised when a reader of the older form would misread the newer.
    static let format = 1
    static let reservesMax = 128

    init(_ episode: Episode) {
        format = Self.format
        title = episode.title
        synthetic = episode.isSynthetic
        market = episode.marketName
        rules = episode.rulesName
        close_factor_bps = episode.closeFactor.count
        flash_loan_fee_bps = episode.flashLoanFee.count
        cash = episode.reserves[episode.cash.position].name
        native = episode.reserves[episode.native.position].name
        reserves = episode.reserves.map { reserve in
            Asset(
                name: reserve.name, decimals: reserve.definition.decimals,
                liquidation_threshold_bps: reserve.definition.liquidationThreshold.count,
                liquidation_bonus_bps: reserve.definition.liquidationBonus.count,
                protocol_fee_bps: reserve.definition.protocolFee.count,
                scale_ppm: reserve.definition.scalePartsPerMillion)
        }
        start_ns = String(episode.start.nanoseconds)
        end_ns = String(episode.end.nanoseconds)
        block_interval_ns = String(episode.blockInterval.nanoseconds)
        first_block = String(episode.firstBlock.height)
        events = episode.events.count
    }
}

extension EpisodeManifest {
    /// The episode without its events, every figure checked against the bounds of the feed's contract.
    func episode(file: String) throws(SourceFault) -> Episode {
        guard format == Self.format else { throw Self.fault(file, "format", "\(format)") }
        guard (1...Self.reservesMax).contains(reserves.count), Set(reserves.map(\.name)).count == reserves.count else {
            throw Self.fault(file, "reserves", "\(reserves.count)")
        }
        guard close_factor_bps <= 10_000 else { throw Self.fault(file, "close_factor_bps", "\(close_factor_bps)") }
        guard flash_loan_fee_bps <= 10_000 else {
            throw Self.fault(file, "flash_loan_fee_bps", "\(flash_loan_fee_bps)")
        }
        guard let cashPosition = reserves.firstIndex(where: { $0.name == cash }) else {
            throw Self.fault(file, "cash", cash)
        }
        guard let nativePosition = reserves.firstIndex(where: { $0.name == native }) else {
            throw Self.fault(file, "native", native)
        }
        let start = try Self.number(file, "start_ns", start_ns)
        let end = try Self.number(file, "end_ns", end_ns)
        let interval = try Self.number(file, "block_interval_ns", block_interval_ns)
        let block = try Self.number(file, "first_block", first_block)
        guard end >= start else { throw Self.fault(file, "end_ns", end_ns) }
        guard interval > 0 else { throw Self.fault(file, "block_interval_ns", block_interval_ns) }
        return Episode(
            title: title, isSynthetic: synthetic, marketName: market, rulesName: rules,
            closeFactor: BasisPoints(close_factor_bps), flashLoanFee: BasisPoints(flash_loan_fee_bps),
            cash: ReserveIndex(cashPosition), native: ReserveIndex(nativePosition),
            reserves: try checkedReserves(file), start: Moment(nanoseconds: start), end: Moment(nanoseconds: end),
            blockInterval: Interval(nanoseconds: interval), firstBlock: BlockNumber(UInt64(block)), events: [])
    }

    private func checkedReserves(_ file: String) throws(SourceFault) -> [EpisodeReserve] {
        var result: [EpisodeReserve] = []
        for (position, asset) in reserves.enumerated() {
            let isCollateral = asset.liquidation_threshold_bps > 0
            guard EpisodeFile.isName(asset.name), (1...36).contains(asset.decimals),
                asset.liquidation_threshold_bps <= 10_000, asset.protocol_fee_bps <= 10_000,
                (1...1_000_000).contains(asset.scale_ppm),
                isCollateral
                    ? (10_000...20_000).contains(asset.liquidation_bonus_bps) : asset.liquidation_bonus_bps == 0
            else { throw Self.fault(file, "reserves", asset.name) }
            let definition = ReserveDefinition(
                reserve: ReserveIndex(position), market: MarketIndex(0), decimals: asset.decimals,
                liquidationThreshold: BasisPoints(asset.liquidation_threshold_bps),
                liquidationBonus: BasisPoints(asset.liquidation_bonus_bps),
                protocolFee: BasisPoints(asset.protocol_fee_bps), scalePartsPerMillion: asset.scale_ppm)
            result.append(EpisodeReserve(name: asset.name, definition: definition))
        }
        return result
    }

    private static func number(_ file: String, _ key: String, _ text: String) throws(SourceFault) -> Int64 {
        guard let value = DecimalText.integer(text.utf8), value <= UInt128(Int64.max) else {
            throw SourceFault(.notANumber, file: file, column: key, found: text)
        }
        return Int64(value)
    }

    private static func fault(_ file: String, _ key: String, _ found: String) -> SourceFault {
        SourceFault(.outOfRange, file: file, column: key, found: found)
    }
}
