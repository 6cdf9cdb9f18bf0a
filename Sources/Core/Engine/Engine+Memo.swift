import Domain
import Liquidity
import Margin
package import Strategy
import Units

/// What a block's second look at candidates has in common: gas, and the state of every asset.
struct SecondLook {
    var market: MarketIndex
    /// `BidSimulation.worthlessMargin` of the block.
    var worthless: Double
    /// Whether nothing but the account itself stands against a bid: then what decides next is what it is worth.
    var isClear: Bool
    /// By reserve.
    var fingerprints: ContiguousArray<BoundMemo.Key>
}

extension Engine {
    /// Lets bounds be remembered over runs. Decisions do not change by it.
    package mutating func remember(in memo: BoundMemo) { self.memo = memo }

    /// `nil` where nothing is remembered, or where more decides than what a fingerprint holds: depth from the feed.
    func secondLook(in index: MarketIndex) -> SecondLook? {
        guard memo != nil, depths.table.isEmpty, let state = market(index), let mechanism = state.mechanism,
            let gas = state.gas
        else { return nil }
        let definition = state.definition
        var base = BoundMemo.Key()
        for word in [
            UInt64(definition.market.position), UInt64(definition.rules.position), UInt64(definition.cash.position),
            UInt64(definition.closeFactor.count),
        ] { base.mix(word) }
        let fingerprints = ContiguousArray(
            (0..<reserves.count).map { position -> BoundMemo.Key in
                var key = base
                reserves.row(ReserveIndex(UInt16(position)))?.mix(into: &key)
                return key
            })
        let needed = gas.baseFee * gasPerLiquidation(in: index) + settings.transaction.dataFee(at: gas.rollup)
        return SecondLook(
            market: index, worthless: simulation(mechanism, definition, gas).worthlessMargin,
            isClear: standingRefusal([], state) == nil && state.block != nil && capital.purse.gasMoney >= needed,
            fingerprints: fingerprints)
    }

    /// Whether it was worked out before, in this very state, that no bid on the account pays for its gas. It is then refused for
    /// that, as it would be by working it out again.
    func isWorthless(_ account: AccountIndex, _ look: SecondLook) -> Bool {
        guard look.isClear, accounts.flags[account.position].isDisjoint(with: Self.standing),
            let key = key(of: account, look), let bound = memo?.bound(key)
        else { return false }
        return bound < look.worthless
    }

    /// Notes what an account can bring at most in the state of now.
    func noteBound(of account: AccountIndex, _ look: SecondLook, _ health: AccountHealth, _ simulation: BidSimulation) {
        guard let memo, let key = key(of: account, look), let bound = marginBound(account, health, simulation) else {
            return
        }
        memo.note(key, bound)
    }

    private func marginBound(
        _ account: AccountIndex, _ health: AccountHealth, _ simulation: BidSimulation
    ) -> Double? {
        let (legs, traits) = (watch.holdings.legs(of: account), watch.holdings.traits(of: account))
        return watch.holdings.factors.withSpan(legs) { factors in
            watch.holdings.amounts.withSpan(legs) { amounts in
                simulation.marginBound(factors: factors, amounts: amounts, health: health, traits: traits)
            }
        }
    }

    /// What an account is refused for before anything is worked out.
    private static let standing: AccountFlags = [
        .excluded, .quarantined, .inFlight, .asked, .awaitingFeed, .proposed,
    ]

    /// `nil` for an account whose terms are not its assets' own.
    func key(of account: AccountIndex, _ look: SecondLook) -> BoundMemo.Key? {
        let traits = watch.holdings.traits(of: account)
        guard traits.category == 0 else { return nil }
        var key = BoundMemo.Key()
        for leg in watch.holdings.legs(of: account) {
            let factor = watch.holdings.factors[leg]
            key.mix(UInt64(factor.position))
            key.mix(watch.holdings.amounts[leg])
            key.mix(look.fingerprints[factor.reserve.position])
        }
        return key
    }
}

extension Reserve {
    /// All that a liquidation's amounts and its sales follow from.
    fileprivate func mix(into key: inout BoundMemo.Key) {
        key.mix(UInt64(decimals))
        key.mix(UInt64(liquidationThreshold.count) << 32 | UInt64(liquidationBonus.count))
        key.mix(UInt64(protocolFee.count))
        key.mix(price?.baseUnits ?? 0)
        key.mix(supplyIndex.value)
        key.mix(borrowIndex.value)
        key.mix(pool?.assetReserve ?? 0)
        key.mix(pool?.cashReserve ?? 0)
        key.mix(pool.map { UInt64($0.fee.count) + 1 } ?? 0)
    }
}
