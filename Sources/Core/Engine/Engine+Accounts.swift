import Domain
import Margin
import Mechanisms
import Units

/// An account's new state while its legs arrive.
struct Assembly: Sendable {
    var head: AccountUpdate?
    var legs: ContiguousArray<Leg> = []
}

extension Engine {
    mutating func begin(
        _ head: AccountUpdate, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        assembly.legs.removeAll(keepingCapacity: true)
        assembly.head = nil
        guard market(head.market) != nil else { return ignore(.unknownMarket, &outputs) }
        note(stream, feeds: head.market)
        accounts.include(head.account)
        let a = head.account.position
        accounts.generations[a] = generation
        accounts.streams[a] = stream
        if accounts.isKnown(head.account), head.version < accounts.versions[a] {
            return ignore(.olderVersion, &outputs)
        }
        if head.kind == .position, !accounts.isKnown(head.account) { return ignore(.unknownAccount, &outputs) }
        assembly.head = head
        if head.legs == 0 { finish(head, &outputs) }
    }

    mutating func add(_ leg: Leg, _ outputs: inout ContiguousArray<Output>) {
        guard let head = assembly.head else { return ignore(.orphanLeg, &outputs) }
        assembly.legs.append(leg)
        if assembly.legs.count == Int(head.legs) { finish(head, &outputs) }
    }

    /// The last leg has come: the account takes its new state in one step.
    private mutating func finish(_ head: AccountUpdate, _ outputs: inout ContiguousArray<Output>) {
        assembly.head = nil
        let a = head.account.position
        if head.kind == .position { keepOtherLegs(of: head.account, but: head.reserve) }
        guard isSound(assembly.legs, in: head.market) else {
            return quarantine(head.account, head.market, from: accounts.streams[a], &outputs)
        }
        // One position cannot lift a quarantine: only the whole account can.
        if head.kind == .state { accounts.flags[a].remove(.quarantined) }
        if head.version > accounts.versions[a] { accounts.flags[a].remove(.awaitingFeed) }
        accounts.versions[a] = head.version
        accounts.markets[a] = head.market
        place(head.account)
        judgeTouched(&outputs)
    }

    private mutating func keepOtherLegs(of account: AccountIndex, but reserve: ReserveIndex) {
        for leg in index.book.legs(of: account) where index.book.factors[leg].reserve != reserve {
            assembly.legs.append(Leg(index.book.factors[leg], index.book.amounts[leg]))
        }
    }

    private func isSound(_ legs: ContiguousArray<Leg>, in market: MarketIndex) -> Bool {
        guard legs.count <= Int(AccountUpdate.legsMax) else { return false }
        for leg in legs where reserves.row(leg.factor.reserve)?.market != market { return false }
        return true
    }

    /// Weighs the assembled legs and hands them to the index.
    private mutating func place(_ account: AccountIndex) {
        guard let state = market(accounts.markets[account.position]) else { return }
        let legs = assembly.legs
        let factors = ContiguousArray(legs.map(\.factor))
        let amounts = ContiguousArray(legs.map(\.amount))
        var weights = ContiguousArray<Double>()
        let accuracy = state.rules.linearForm(
            factors: factors.span, amounts: amounts.span, in: reserves, weights: &weights)
        index.place(account, legs: legs.span, weights: weights.span, accuracy: accuracy)
        // Without debt there is nothing to liquidate, and without a price nothing to judge: nothing to watch yet.
        let owes = legs.contains { $0.factor.side == .debt && $0.amount > 0 }
        let isPriced = legs.allSatisfy { reserves.price(of: $0.factor.reserve) != nil }
        if !owes || !isPriced { index.remove(account) }
    }

    /// Weighs an account anew with the legs it has.
    mutating func reweigh(_ account: AccountIndex) {
        assembly.legs.removeAll(keepingCapacity: true)
        for leg in index.book.legs(of: account) {
            assembly.legs.append(Leg(index.book.factors[leg], index.book.amounts[leg]))
        }
        place(account)
    }

    /// Everybody with a leg in the reserve, watched or not. O(legs).
    func accounts(in reserve: ReserveIndex) -> [AccountIndex] {
        (0..<index.book.accountCount).map { AccountIndex($0) }.filter { account in
            accounts.isKnown(account) && !accounts.flags[account.position].contains(.quarantined)
                && index.book.legs(of: account).contains { index.book.factors[$0].reserve == reserve }
        }
    }

    mutating func quarantine(
        _ account: AccountIndex, _ market: MarketIndex, from stream: StreamIndex,
        _ outputs: inout ContiguousArray<Output>
    ) {
        accounts.include(account)
        accounts.generations[account.position] = generation
        accounts.streams[account.position] = stream
        accounts.markets[account.position] = market
        accounts.flags[account.position].insert(.quarantined)
        index.remove(account)
        index.clearTouched()
        refuse(account, .accountQuarantined, &outputs)
    }

    /// A snapshot has ended: whoever of its stream it did not mention has closed.
    mutating func closeUnmentioned(in stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        for a in 0..<accounts.count where accounts.streams[a] == stream && accounts.generations[a] != generation {
            accounts.generations[a] = generation
            index.remove(AccountIndex(a))
            settleSide(AccountIndex(a), false, &outputs)
        }
    }
}
