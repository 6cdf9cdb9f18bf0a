import Domain
import Units

// Definitions give names their indices. Everything is read before anything is interned: a faulty record leaves no trace.
extension FeedDecoder {
    mutating func readMarket(_ record: Int) throws(RecordFault) -> Input {
        guard let name = document.name("market", of: record) else { throw .badMarket }
        guard let rulesName = document.name("rules", of: record), let rules = directory.rules(rulesName)
        else { throw .unknownRules }
        guard let cashName = document.name("cash", of: record), let nativeName = document.name("native", of: record)
        else { throw .badAsset }
        let closeFactor = try share("close_factor_bps", record)
        let flashLoanFee = try share("flash_loan_fee_bps", record)
        let segments = try readTags(record)
        guard let market = directory.internMarket(name) else { throw .tooManyMarkets }
        directory.setAttested(market, rulesName.equals(Attestation.rulesName))
        return .market(
            MarketDefinition(
                market: market, rules: rules, closeFactor: closeFactor, cash: try intern(cashName, in: market),
                native: try intern(nativeName, in: market), flashLoanFee: flashLoanFee,
                segments: segments))
    }

    mutating func decodeReserve(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let market = try market(record)
        guard let name = document.name("asset", of: record) else { throw .badAsset }
        var definition = ReserveDefinition(
            reserve: ReserveIndex(0), market: market,
            decimals: UInt8(try word("decimals", record, in: 1...UInt64(Reserve.decimalsMax))),
            liquidationThreshold: try share("liquidation_threshold_bps", record),
            liquidationBonus: BasisPoints(UInt32(try word("liquidation_bonus_bps", record, in: 0...20_000))),
            protocolFee: try share("protocol_fee_bps", record),
            scalePartsPerMillion: UInt32(try word("scale_ppm", record, in: 1...1_000_000)))
        guard definition.isConsistent else { throw .badNumber }
        definition.reserve = try intern(name, in: market)
        let isNew = !directory.isDefined(definition.reserve)
        directory.define(definition.reserve)
        inputs.append(.reserve(definition))
        if isNew, let use = use(of: definition.reserve, in: market) { inputs.append(.use(definition.reserve, use)) }
    }

    /// The tags of a market or an account; none when it has no such field.
    mutating func readTags(_ record: Int) throws(RecordFault) -> Segments {
        guard let list = document.field("tags", of: record) else { return [] }
        guard document.kind(at: list) == .array else { throw .badTag }
        var segments: Segments = []
        var position = list + 1
        while position < document.next(after: list) {
            guard document.kind(at: position) == .string, JSONDocument.isName(document.text(at: position)),
                let tag = directory.internTag(document.text(at: position))
            else { throw .badTag }
            segments.insert(tag)
            position = document.next(after: position)
        }
        return segments
    }

    private mutating func intern(
        _ name: UnsafeRawBufferPointer, in market: MarketIndex
    ) throws(RecordFault) -> ReserveIndex {
        guard let reserve = directory.internReserve(name, in: market) else { throw .tooManyReserves }
        while mentions.count <= reserve.position { mentions.append(0) }
        return reserve
    }
}

extension ReserveDefinition {
    /// What can be collateral has a bonus of at least the whole; what cannot has no threshold and may have no bonus.
    fileprivate var isConsistent: Bool {
        liquidationBonus >= .whole || (liquidationBonus == .zero && liquidationThreshold == .zero)
    }
}
