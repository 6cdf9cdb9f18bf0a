import Domain
import Units

// An account's record either takes effect as a whole or quarantines the account: half a state is worse than none.
extension FeedDecoder {
    mutating func decodeAccount(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let (market, account) = try readAccountName(record)
        let head = inputs.count
        do throws(QuarantineReason) {
            var update = try readUpdate(record, account, market, .state)
            update.traits = try readTraits(record)
            update.group = try readGroup(record)
            do throws(RecordFault) { update.segments = try readTags(record) } catch { throw QuarantineReason.malformed }
            guard let positions = document.field("positions", of: record), document.kind(at: positions) == .array
            else { throw .malformed }
            inputs.append(.accountBegins(update))
            if directory.isAttested(market) {
                try appendLevel(of: record, positions, market, update.version, into: &inputs)
            } else {
                try appendLegs(of: positions, in: market, into: &inputs)
            }
            setLegs(of: update, at: head, in: &inputs)
        } catch {
            inputs.removeLast(inputs.count - head)
            quarantine(account, market, error, into: &inputs)
        }
    }

    mutating func decodePosition(_ record: Int, into inputs: inout ContiguousArray<Input>) throws(RecordFault) {
        let (market, account) = try readAccountName(record)
        let head = inputs.count
        do throws(QuarantineReason) {
            var update = try readUpdate(record, account, market, .position)
            // An attestation is of a whole account.
            guard !directory.isAttested(market) else { throw .badAttestation }
            update.reserve = try namedReserve(record, in: market)
            inputs.append(.accountBegins(update))
            try appendLegs(record, of: update.reserve, into: &inputs)
            setLegs(of: update, at: head, in: &inputs)
        } catch {
            inputs.removeLast(inputs.count - head)
            quarantine(account, market, error, into: &inputs)
        }
    }

    private mutating func readAccountName(_ record: Int) throws(RecordFault) -> (MarketIndex, AccountIndex) {
        let market = try market(record)
        guard let name = document.name("account", of: record) else { throw .badAccount }
        guard let account = directory.internAccount(name, in: market) else { throw .tooManyAccounts }
        return (market, account)
    }

    private func readUpdate(
        _ record: Int, _ account: AccountIndex, _ market: MarketIndex, _ kind: AccountUpdate.Kind
    ) throws(QuarantineReason) -> AccountUpdate {
        guard let version = document.word("version", of: record) else { throw .malformed }
        return AccountUpdate(
            account: account, market: market, kind: kind, reserve: ReserveIndex(0), version: version, legs: 0)
    }

    private func readTraits(_ record: Int) throws(QuarantineReason) -> AccountTraits {
        guard let field = document.field("category", of: record) else { return .none }
        guard let category = document.amount(at: field), category <= 255 else { throw .malformed }
        return AccountTraits(category: UInt8(category))
    }

    private mutating func readGroup(_ record: Int) throws(QuarantineReason) -> GroupIndex? {
        guard document.field("group", of: record) != nil else { return nil }
        guard let name = document.name("group", of: record), let group = directory.internGroup(name) else {
            throw .malformed
        }
        return group
    }

    private mutating func appendLegs(
        of positions: Int, in market: MarketIndex, into inputs: inout ContiguousArray<Input>
    ) throws(QuarantineReason) {
        accountOrdinal += 1
        let head = inputs.count
        let end = document.next(after: positions)
        var position = positions + 1
        while position < end {
            guard document.kind(at: position) == .object else { throw .malformed }
            let reserve = try namedReserve(position, in: market)
            guard mentions[reserve.position] != accountOrdinal else { throw .malformed }
            mentions[reserve.position] = accountOrdinal
            try appendLegs(position, of: reserve, into: &inputs)
            guard inputs.count - head <= Int(AccountUpdate.legsMax) else { throw .tooManyLegs }
            position = document.next(after: position)
        }
    }

    private func appendLegs(
        _ position: Int, of reserve: ReserveIndex, into inputs: inout ContiguousArray<Input>
    ) throws(QuarantineReason) {
        let collateral = try balance("collateral", position)
        let debt = try balance("debt", position)
        if collateral > 0 { inputs.append(.accountLeg(Leg(reserve, .collateral, collateral))) }
        if debt > 0 { inputs.append(.accountLeg(Leg(reserve, .debt, debt))) }
        if let accrual = try note("accrual", position) {
            inputs.append(.accountLeg(Leg(reserve, .accrual, signed: accrual)))
        }
        if let entry = try note("entry", position) {
            inputs.append(.accountLeg(Leg(reserve, .entry, signed: entry)))
        }
    }

    /// A signed number of the account's own; absent is not zero.
    private func note(_ name: StaticString, _ position: Int) throws(QuarantineReason) -> Int128? {
        guard let field = document.field(name, of: position) else { return nil }
        guard let value = document.signed(at: field) else { throw .badAmount }
        return value
    }

    /// An absent balance is zero, an unreadable one is not.
    private func balance(_ name: StaticString, _ position: Int) throws(QuarantineReason) -> TokenAmount {
        guard let field = document.field(name, of: position) else { return 0 }
        guard let value = document.amount(at: field), value <= FeedLimits.amountMax else { throw .badAmount }
        return value
    }

    func namedReserve(_ position: Int, in market: MarketIndex) throws(QuarantineReason) -> ReserveIndex {
        guard let name = document.name("asset", of: position) else { throw .malformed }
        guard let reserve = directory.definedReserve(name, in: market) else { throw .unknownAsset }
        return reserve
    }

    private func setLegs(of update: AccountUpdate, at head: Int, in inputs: inout ContiguousArray<Input>) {
        var update = update
        update.legs = UInt16(inputs.count - head - 1)
        inputs[head] = .accountBegins(update)
    }

    private mutating func quarantine(
        _ account: AccountIndex, _ market: MarketIndex, _ reason: QuarantineReason,
        into inputs: inout ContiguousArray<Input>
    ) {
        counters.quarantines += 1
        inputs.append(.accountQuarantined(account, market, reason))
    }
}

extension QuarantineReason: Error {}
