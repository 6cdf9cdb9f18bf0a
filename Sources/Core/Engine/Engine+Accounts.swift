import Domain
import Margin
import Mechanisms
import Opportunities
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
        accounts.generations[a] = generation(of: stream)
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
        if head.kind == .state {
            accounts.flags[a].remove([.quarantined, .excluded])
            groups.place(head.account, in: head.group)
            if !settings.excluded.isDisjoint(with: head.segments) { accounts.flags[a].insert(.excluded) }
        }
        let hasWaited = accounts.flags[a].contains(.awaitingFeed)
        if head.version > accounts.versions[a] { accounts.flags[a].remove(.awaitingFeed) }
        accounts.versions[a] = head.version
        accounts.markets[a] = head.market
        if isLiquidatable(head.account) { opportunities.change(head.account, change(of: head.account)) }
        let legs = assembly.legs
        let traits = head.kind == .state ? head.traits : watch.holdings.traits(of: head.account)
        ceilings.forget(head.account)
        watch.place(head.account, in: head.market, traits, legs: legs.span)
        judgeTouched(&outputs)
        if hasWaited, isLiquidatable(head.account), knowsWorth(of: head.account) {
            opportunities.raise(head.account, to: worth(of: head.account, watch.health(of: head.account)))
        }
    }

    private mutating func keepOtherLegs(of account: AccountIndex, but reserve: ReserveIndex) {
        let held = watch.holdings.legs(of: account)
        for leg in held where watch.holdings.factors[leg].reserve != reserve {
            assembly.legs.append(watch.holdings.leg(at: leg))
        }
    }

    private func isSound(_ legs: ContiguousArray<Leg>, in market: MarketIndex) -> Bool {
        guard legs.count <= Int(AccountUpdate.legsMax) else { return false }
        for leg in legs where reserves.market(of: leg.factor.reserve) != market { return false }
        return true
    }

    mutating func quarantine(
        _ account: AccountIndex, _ market: MarketIndex, from stream: StreamIndex,
        _ outputs: inout ContiguousArray<Output>
    ) {
        accounts.include(account)
        accounts.generations[account.position] = generation(of: stream)
        accounts.streams[account.position] = stream
        accounts.markets[account.position] = market
        accounts.flags[account.position].insert(.quarantined)
        watch.remove(account)
        watch.clearTouched()
        refuse(account, .accountQuarantined, &outputs)
    }

    /// A snapshot has ended: whoever of its stream it did not mention has closed.
    mutating func closeUnmentioned(in stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        let generation = generation(of: stream)
        depths.removeUnmentioned(in: stream, generation, settings.use)
        for a in 0..<accounts.count where accounts.streams[a] == stream && accounts.generations[a] != generation {
            accounts.generations[a] = generation
            watch.remove(AccountIndex(a))
            settleSide(AccountIndex(a), false, nil, &outputs)
        }
    }
}
