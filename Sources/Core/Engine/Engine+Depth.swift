import Domain
import Liquidity
import Margin
import Mechanisms
import Units

/// Where assets are sold and bought, and what is kept of them.
extension Engine {
    mutating func begin(_ update: DepthUpdate, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        if let whole = depths.begin(update) { apply(whole, from: stream, &outputs) }
    }

    mutating func add(_ row: DepthRow, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>) {
        guard depths.isExpectingRows else { return ignore(.orphanLeg, &outputs) }
        if let whole = depths.add(row) { apply(whole, from: stream, &outputs) }
    }

    /// As with a pool, who could be taken is looked at again after the block: depth moves nobody over the edge.
    private mutating func apply(
        _ update: DepthUpdate, from stream: StreamIndex, _ outputs: inout ContiguousArray<Output>
    ) {
        guard let asset = reserves.row(update.asset), reserves.row(update.against)?.market == asset.market else {
            return ignore(.unknownReserve, &outputs)
        }
        note(stream, feeds: asset.market)
        let isAgainstCash = market(asset.market)?.definition.cash == update.against && update.asset != update.against
        guard isAgainstCash,
            depths.apply(
                update, assetUnit: asset.unit, from: stream, generation: generation(of: stream), settings.use)
        else { return ignore(.unusableDepth, &outputs) }
    }

    mutating func apply(_ use: AssetUse, of reserve: ReserveIndex, _ outputs: inout ContiguousArray<Output>) {
        guard watch.isDefined(reserve) else { return ignore(.unknownReserve, &outputs) }
        depths.set(use, of: reserve, settings.use)
    }

    mutating func forgetDepth(of market: MarketIndex) {
        for position in 0..<reserves.count where reserves.market(of: ReserveIndex(position)) == market {
            depths.forget(ReserveIndex(position), settings.use)
        }
    }

    /// Before a bid: what keeping an account's collateral is worth, at the prices of now and with the room that is left.
    mutating func refreshKept(of account: AccountIndex, _ market: MarketDefinition) {
        for leg in watch.holdings.legs(of: account) where watch.holdings.factors[leg].side == .collateral {
            depths.refresh(watch.holdings.factors[leg].reserve, cash: market.cash, in: reserves, settings.use)
        }
    }

    /// Books what an ended bid has brought of an asset that is kept. Returns what it counts for.
    mutating func keep(_ outcome: IntentOutcome, of intent: OpenIntent) -> Cash {
        guard let cash = market(intent.market)?.definition.cash, depths.isKept(intent.collateral),
            intent.collateral != cash
        else { return .zero }
        let brought = outcome.ending == .settled ? outcome.seized : 0
        depths.release(intent.seize, brought: brought, of: intent.collateral)
        guard brought > 0 else { return .zero }
        let worth = depths.worth(of: brought, intent.collateral, cash: cash, in: reserves) ?? 0
        return .proceeds(min(worth, UInt128(Int128.max)))
    }
}
