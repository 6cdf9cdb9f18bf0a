import Domain
import Units

// What instruments are. Everything of a record is read before anything of it is told: a faulty one leaves no trace.
extension FeedDecoder {
    func readLending(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let factor = Wad(try amount("collateral_factor", record, in: 0...Wad.one.value))
        guard document.field("ramp_end_ns", of: record) != nil else {
            return .lendingTerms(reserve, LendingTerms(collateralFactor: factor))
        }
        let ramp = ThresholdRamp(
            initial: try share("ramp_initial_bps", record), end: try moment("ramp_end_ns", record),
            duration: .seconds(Int64(try word("ramp_seconds", record, in: 1...FeedLimits.rampSecondsMax))))
        return .lendingTerms(reserve, LendingTerms(collateralFactor: factor, ramp: ramp))
    }

    func readExpiry(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let terms = ExpiryTerms(underlying: try other("underlying", record), expiry: try moment("expiry_ns", record))
        return .expiryTerms(reserve, terms)
    }

    func readOption(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let strike = Price(baseUnits: try amount("strike", record, in: 1...FeedLimits.amountMax))
        guard let field = document.field("kind", of: record), document.kind(at: field) == .string else {
            throw .badOption
        }
        let kind: OptionTerms.Kind
        if document.text(at: field).equals("call") {
            kind = .call
        } else if document.text(at: field).equals("put") {
            kind = .put
        } else {
            throw .badOption
        }
        return .optionTerms(reserve, OptionTerms(expiry: try other("expiry", record), strike: strike, kind: kind))
    }

    func decodeParameters(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let reserve = try definedReserve(record)
        guard let values = document.field("values", of: record), document.kind(at: values) == .object else {
            throw .badParameter
        }
        let before = inputs.count
        var known = 0
        for parameter in MarginParameter.allCases {
            guard let field = document.field(parameter.name, of: values) else { continue }
            guard let value = document.signed(at: field) else {
                inputs.removeLast(inputs.count - before)
                throw .badNumber
            }
            known += 1
            inputs.append(.parameter(reserve, parameter, value))
        }
        // A misspelt parameter would otherwise pass for one that was not sent.
        guard known == document.childCount(at: values) else {
            inputs.removeLast(inputs.count - before)
            throw .badParameter
        }
    }

    func decodeTiers(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let reserve = try definedReserve(record)
        guard let list = document.field("tiers", of: record), document.kind(at: list) == .array,
            document.childCount(at: list) <= MarginTier.countMax
        else { throw .badParameter }
        var tiers: ContiguousArray<MarginTier> = []
        var position = list + 1
        while position < document.next(after: list) {
            guard document.kind(at: position) == .object else { throw .badParameter }
            let tier = MarginTier(
                floor: try amount("floor", position, in: 0...FeedLimits.amountMax),
                maintenanceMargin: Wad(try amount("maintenance_margin", position, in: 0...Wad.one.value)),
                deduction: try amount("deduction", position, in: 0...FeedLimits.amountMax))
            if let last = tiers.last, last.floor >= tier.floor { throw .badNumber }
            tiers.append(tier)
            position = document.next(after: position)
        }
        for (number, tier) in tiers.enumerated() { inputs.append(.tier(reserve, UInt8(number), tier)) }
    }

    mutating func decodeEfficiencyMode(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let market = try market(record)
        let category = UInt8(try word("category", record, in: 1...255))
        var terms = EfficiencyTerms(
            category: category, liquidationThreshold: try share("liquidation_threshold_bps", record),
            liquidationBonus: BasisPoints(UInt32(try word("liquidation_bonus_bps", record, in: 10_000...20_000))))
        if document.field("price_source", of: record) != nil { terms.priceSource = try other("price_source", record) }
        guard let list = document.field("members", of: record), document.kind(at: list) == .array else {
            throw .badAsset
        }
        var members: ContiguousArray<ReserveIndex> = []
        var position = list + 1
        while position < document.next(after: list) {
            guard document.kind(at: position) == .string,
                let reserve = directory.definedReserve(document.text(at: position), in: market)
            else { throw .unknownAsset }
            members.append(reserve)
            position = document.next(after: position)
        }
        inputs.append(.efficiencyMode(market, terms))
        for member in members {
            inputs.append(.efficiencyMember(market, category: category, member, isMember: true))
        }
        for former in directory.replaceMembers(of: market, category: category, with: members) {
            inputs.append(.efficiencyMember(market, category: category, former, isMember: false))
        }
    }

    /// Another instrument of the record's market, by the name in a field.
    func other(_ name: StaticString, _ record: Int) throws(RecordFault) -> ReserveIndex {
        let market = try market(record)
        guard let text = document.name(name, of: record) else { throw .badAsset }
        guard let reserve = directory.definedReserve(text, in: market) else { throw .unknownAsset }
        return reserve
    }
}
