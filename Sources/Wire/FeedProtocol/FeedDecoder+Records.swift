import Domain
import Units

extension RecordFault: Error {}

extension FeedDecoder {
    /// Appends what a record says.
    ///
    /// Returns whether the stream can still be trusted.
    mutating func decodeRecord(at record: Int, into inputs: inout ContiguousArray<Input>) -> Bool {
        var kind: RecordKind?
        faultyKey = nil
        do throws(RecordFault) {
            kind = try readKind(of: record)
            switch kind {
            case .price: inputs.append(try readPrice(record))
            case .position: try decodePosition(record, into: &inputs)
            case .account: try decodeAccount(record, into: &inputs)
            case .indices: inputs.append(try readIndices(record))
            case .pool: inputs.append(try readPool(record))
            case .depth: try decodeDepth(record, into: &inputs)
            case .gas: inputs.append(try readGas(record))
            case .block: inputs.append(try readBlock(record))
            case .reserve: try decodeReserve(record, into: &inputs)
            case .market: inputs.append(try readMarket(record))
            case .funding: inputs.append(try readFunding(record))
            case .quotes: inputs.append(try readQuotes(record))
            case .smile: inputs.append(try readSmile(record))
            case .totals: inputs.append(try readTotals(record))
            case .parameters: try decodeParameters(record, into: &inputs)
            case .tiers: try decodeTiers(record, into: &inputs)
            case .lending: inputs.append(try readLending(record))
            case .expiry: inputs.append(try readExpiry(record))
            case .option: inputs.append(try readOption(record))
            case .efficiencyMode: try decodeEfficiencyMode(record, into: &inputs)
            case .heartbeat: throw .misplacedHeartbeat
            case nil: throw .unknownType
            }
            return true
        } catch {
            counters.recordFaults.count(error)
            lastRecordFault = RecordProblem(kind: kind, fault: error, key: faultyKey)
            return !error.breaksStream(in: kind)
        }
    }

    /// `nil` for a kind that this version does not know.
    private func readKind(of record: Int) throws(RecordFault) -> RecordKind? {
        guard document.kind(at: record) == .object else { throw .notAnObject }
        guard let type = document.field("type", of: record), document.kind(at: type) == .string
        else { throw .notAnObject }
        return RecordKind(named: document.text(at: type))
    }

    private func readPrice(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        return .price(reserve, Price(baseUnits: try amount("price", record, in: 1...FeedLimits.amountMax)))
    }

    private func readIndices(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let range = 1...FeedLimits.indexMax
        let supply = try amount("supply_index", record, in: range)
        return .indices(reserve, supply: Ray(supply), borrow: Ray(try amount("borrow_index", record, in: range)))
    }

    private func readPool(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let pool = Pool(
            assetReserve: try amount("asset_reserve", record, in: 1...FeedLimits.amountMax),
            cashReserve: try amount("cash_reserve", record, in: 1...FeedLimits.amountMax),
            fee: try poolFee(record))
        return .pool(reserve, pool)
    }

    private func readGas(_ record: Int) throws(RecordFault) -> Input {
        .gas(
            GasUpdate(
                market: try market(record), baseFee: try gasPrice("base_fee", record),
                priorityFeeMedian: try gasPrice("priority_fee_p50", record),
                priorityFeeHigh: try gasPrice("priority_fee_p90", record), rollup: try readRollup(record)))
    }

    /// What a rollup charges for bytes: all of it or nothing.
    private func readRollup(_ record: Int) throws(RecordFault) -> RollupPrices? {
        guard let field = document.field("l1_rule", of: record) else { return nil }
        guard document.kind(at: field) == .string else { throw .badRollup }
        let rule: RollupPrices.Rule
        if document.text(at: field).equals("ecotone") {
            rule = .ecotone
        } else if document.text(at: field).equals("fjord") {
            rule = .fjord
        } else {
            throw .badRollup
        }
        return RollupPrices(
            rule: rule, baseFee: try word("l1_base_fee", record), blobBaseFee: try word("l1_blob_base_fee", record),
            baseFeeScalar: UInt32(try word("l1_base_fee_scalar", record, in: 0...UInt64(UInt32.max))),
            blobBaseFeeScalar: UInt32(try word("l1_blob_base_fee_scalar", record, in: 0...UInt64(UInt32.max))))
    }

    private func readBlock(_ record: Int) throws(RecordFault) -> Input {
        .block(
            BlockUpdate(
                market: try market(record), number: BlockNumber(try word("number", record)),
                timestamp: try moment("timestamp_ns", record)))
    }

    private func gasPrice(_ name: StaticString, _ record: Int) throws(RecordFault) -> GasPrice {
        GasPrice(weiPerGas: try word(name, record))
    }
}

// What records share. Each says which fault it is when it is not there.
extension FeedDecoder {
    func market(_ record: Int) throws(RecordFault) -> MarketIndex {
        guard let name = document.name("market", of: record) else { throw .badMarket }
        guard let market = directory.market(name) else { throw .unknownMarket }
        return market
    }

    func definedReserve(_ record: Int) throws(RecordFault) -> ReserveIndex {
        try definedReserve(record, in: try market(record))
    }

    func definedReserve(_ record: Int, in market: MarketIndex) throws(RecordFault) -> ReserveIndex {
        guard let name = document.name("asset", of: record) else { throw .badAsset }
        guard let reserve = directory.definedReserve(name, in: market) else { throw .unknownAsset }
        return reserve
    }

    func amount(_ name: StaticString, _ record: Int, in range: ClosedRange<UInt128>) throws(RecordFault) -> UInt128 {
        guard let value = document.amount(name, of: record, in: range) else { throw .badNumber }
        return value
    }

    func word(
        _ name: StaticString, _ record: Int, in range: ClosedRange<UInt64> = 0...UInt64.max
    ) throws(RecordFault) -> UInt64 {
        guard let value = document.word(name, of: record, in: range) else { throw .badNumber }
        return value
    }

    func signed(_ name: StaticString, _ record: Int) throws(RecordFault) -> Int128 {
        guard let field = document.field(name, of: record), let value = document.signed(at: field) else {
            throw .badNumber
        }
        return value
    }

    func moment(_ name: StaticString, _ record: Int) throws(RecordFault) -> Moment {
        Moment(nanoseconds: Int64(try word(name, record, in: 0...UInt64(Int64.max))))
    }

    /// A pool's fee leaves something to trade with.
    func poolFee(_ record: Int) throws(RecordFault) -> BasisPoints {
        BasisPoints(UInt32(try word("fee_bps", record, in: 0...UInt64(BasisPoints.whole.count - 1))))
    }

    /// A share of a whole, in basis points.
    func share(_ name: StaticString, _ record: Int) throws(RecordFault) -> BasisPoints {
        BasisPoints(UInt32(try word(name, record, in: 0...UInt64(BasisPoints.whole.count))))
    }
}
