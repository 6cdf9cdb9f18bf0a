import Domain
import Margin
import Units

/// Accounts, and what becomes of a tape's word about those that were taken from here.
///
/// From then on the tape tells of an account that has another past. A later frame of it in which collateral and debt both fall is
/// the liquidation that was recorded, and is left out: here it has happened already. Of any other one, the change that its owner
/// made (by the tape, from one frame to the next) is made here too, on what is left; nothing falls below zero.
extension PaperWorld {
    mutating func begin(_ head: AccountUpdate, _ stream: StreamIndex) {
        assembly = (head, [])
        if head.legs == 0 { finish(stream) }
    }

    mutating func add(_ leg: Leg, _ stream: StreamIndex) {
        guard assembly != nil else { return }
        assembly?.legs.append(leg)
        if let (head, legs) = assembly, legs.count == Int(head.legs) { finish(stream) }
    }

    private mutating func finish(_ stream: StreamIndex) {
        guard let (head, legs) = assembly else { return }
        assembly = nil
        let a = head.account.position
        while accounts.count <= a { accounts.append(PaperAccount()) }
        accounts[a].generation = generation
        accounts[a].stream = stream
        let isOlder = accounts[a].isKnown && head.version < accounts[a].version
        guard market(head.market) != nil, !isOlder, isSound(legs, in: head.market),
            head.kind == .state || accounts[a].isKnown
        else { return tell(head, legs, from: stream) }
        accounts[a].version = head.version
        accounts[a].market = head.market
        accounts[a].isKnown = true
        if head.kind == .state { (accounts[a].segments, accounts[a].group) = (head.segments, head.group) }
        let traits = head.kind == .state ? head.traits : watch.holdings.traits(of: head.account)
        guard let before = histories[head.account.raw] else {
            let whole = head.kind == .state ? legs : legs + others(than: head.reserve, in: held(head.account))
            place(head.account, whole, traits, isOutside: true)
            tell(head, legs, from: stream)
            return judgeTouched()
        }
        let after = head.kind == .state ? legs : legs + others(than: head.reserve, in: before)
        histories[head.account.raw] = after
        follow(head.account, from: before, to: after, traits)
    }

    /// The tape changes an account that is not any more as the tape has it.
    private mutating func follow(
        _ account: AccountIndex, from before: ContiguousArray<Leg>, to after: ContiguousArray<Leg>,
        _ traits: AccountTraits
    ) {
        if looksTaken(before, after) {
            counters.framesLeftOut += 1
        } else if before != after {
            counters.ownersChanges += 1
            place(account, moved(held(account), before, after), traits, isOutside: true)
        }
        tellState(of: account)
        judgeTouched()
    }

    private func looksTaken(_ before: ContiguousArray<Leg>, _ after: ContiguousArray<Leg>) -> Bool {
        func fell(_ side: Side) -> Bool {
            before.contains { leg in leg.factor.side == side && after.amount(at: leg.factor) < leg.amount }
        }
        return fell(.collateral) && fell(.debt)
    }

    /// What is held here, changed by what the tape changed. Numbers that are no quantities are the tape's.
    private func moved(
        _ held: ContiguousArray<Leg>, _ before: ContiguousArray<Leg>, _ after: ContiguousArray<Leg>
    ) -> ContiguousArray<Leg> {
        var factors: [FactorIndex] = held.map(\.factor)
        for leg in after where !factors.contains(leg.factor) { factors.append(leg.factor) }
        var moved: ContiguousArray<Leg> = []
        for factor in factors {
            let (was, then, now) = (held.amount(at: factor), before.amount(at: factor), after.amount(at: factor))
            let isQuantity = factor.side == .collateral || factor.side == .debt
            let amount = !isQuantity ? now : now >= then ? was + (now - then) : was - min(was, then - now)
            if amount > 0 { moved.append(Leg(factor, amount)) }
        }
        return moved
    }

    /// The account's new legs. From outside: its owner, or the tape's beginning.
    mutating func place(
        _ account: AccountIndex, _ legs: ContiguousArray<Leg>, _ traits: AccountTraits, isOutside: Bool
    ) {
        if isOutside {
            for leg in held(account) { count(leg, isGone: true) }
            for leg in legs { count(leg, isGone: false) }
        }
        watch.place(account, in: accounts[account.position].market, traits, legs: legs.span)
    }

    /// Debt is what an account has less.
    private mutating func count(_ leg: Leg, isGone: Bool) {
        guard leg.factor.side == .collateral || leg.factor.side == .debt else { return }
        if isGone == (leg.factor.side == .debt) {
            books[leg.factor.reserve].outside &+= leg.amount
        } else {
            books[leg.factor.reserve].outside &-= leg.amount
        }
    }

    func held(_ account: AccountIndex) -> ContiguousArray<Leg> {
        ContiguousArray(watch.holdings.legs(of: account).map { watch.holdings.leg(at: $0) })
    }

    private func others(than reserve: ReserveIndex, in legs: ContiguousArray<Leg>) -> ContiguousArray<Leg> {
        legs.filter { $0.factor.reserve != reserve }
    }

    private func isSound(_ legs: ContiguousArray<Leg>, in market: MarketIndex) -> Bool {
        legs.count <= Int(AccountUpdate.legsMax)
            && legs.allSatisfy { watch.reserves.market(of: $0.factor.reserve) == market }
    }

    private mutating func tell(_ head: AccountUpdate, _ legs: ContiguousArray<Leg>, from stream: StreamIndex) {
        var head = head
        head.version += accounts[head.account.position].takes
        tell(.accountBegins(head), from: stream)
        for leg in legs { tell(.accountLeg(leg), from: stream) }
    }

    /// The account as it is here.
    mutating func tellState(of account: AccountIndex) {
        let (row, legs) = (accounts[account.position], held(account))
        let head = AccountUpdate(
            account: account, market: row.market, kind: .state, reserve: ReserveIndex(0), version: row.version,
            legs: UInt16(legs.count), traits: watch.holdings.traits(of: account), segments: row.segments,
            group: row.group)
        tell(head, legs, from: row.stream)
    }

    mutating func quarantine(_ account: AccountIndex, _ market: MarketIndex, _ stream: StreamIndex) {
        while accounts.count <= account.position { accounts.append(PaperAccount()) }
        accounts[account.position].generation = generation
        accounts[account.position].stream = stream
        accounts[account.position].isLiquidatable = false
        watch.remove(account)
        watch.clearTouched()
    }

    /// A snapshot has ended: whoever of its stream it did not mention has closed, and what he held has gone out.
    mutating func closeUnmentioned(in stream: StreamIndex) {
        for a in accounts.indices where accounts[a].stream == stream && accounts[a].generation != generation {
            accounts[a].generation = generation
            guard accounts[a].isKnown else { continue }
            place(AccountIndex(a), [], .none, isOutside: true)
            histories[UInt32(a)] = nil
        }
    }

    /// The exact rules decide on which side of the edge they are; a crossing is what rivals see.
    mutating func judgeTouched() {
        watch.sortTouched()
        for i in 0..<watch.index.touched.count { judge(watch.index.touched[i]) }
        watch.clearTouched()
    }

    private mutating func judge(_ account: AccountIndex) {
        let isLiquidatable = watch.isLiquidatable(account)
        guard account.position < accounts.count, accounts[account.position].isLiquidatable != isLiquidatable else {
            return
        }
        accounts[account.position].isLiquidatable = isLiquidatable
        guard isLiquidatable else { return }
        accounts[account.position].crossings += 1
        accounts[account.position].crossedAt = now
        counters.crossings += 1
        alertRivals(to: account)
    }
}

extension ContiguousArray<Leg> {
    /// Nothing where there is no such leg.
    func amount(at factor: FactorIndex) -> TokenAmount { first { $0.factor == factor }?.amount ?? 0 }

    /// Sets a leg's amount; a leg of nothing is no leg.
    mutating func set(_ amount: TokenAmount, at factor: FactorIndex) {
        guard let position = firstIndex(where: { $0.factor == factor }) else { return }
        if amount == 0 { remove(at: position) } else { self[position].amount = amount }
    }
}
