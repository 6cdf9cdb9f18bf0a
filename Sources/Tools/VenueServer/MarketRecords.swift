import Domain
import FeedProtocol
import MarginEngine
import Units

/// An episode's names, and the world's values as records that use them.
struct MarketRecords: Sendable {
    let episode: Episode

    private var market: String { episode.marketName }

    private func name(_ reserve: ReserveIndex) -> String { episode.reserves[reserve.position].name }

    func definition(_ encoder: inout FeedEncoder) {
        encoder.market(
            market, rules: episode.rulesName, closeFactor: episode.closeFactor, cash: name(episode.cash),
            native: name(episode.native), flashLoanFee: episode.flashLoanFee)
    }

    func reserve(_ reserve: ReserveIndex, _ encoder: inout FeedEncoder) {
        encoder.reserve(market, asset: name(reserve), episode.reserves[reserve.position].definition)
    }

    func price(_ reserve: ReserveIndex, _ price: Price, _ encoder: inout FeedEncoder) {
        encoder.price(market, asset: name(reserve), price)
    }

    func pool(_ reserve: ReserveIndex, _ pool: Pool, _ encoder: inout FeedEncoder) {
        encoder.pool(market, asset: name(reserve), pool)
    }

    func gas(_ gas: GasUpdate, _ encoder: inout FeedEncoder) {
        encoder.gas(market, baseFee: gas.baseFee, median: gas.priorityFeeMedian, high: gas.priorityFeeHigh)
    }

    func block(_ block: BlockUpdate, _ encoder: inout FeedEncoder) {
        encoder.block(market, number: block.number, timestamp: block.timestamp)
    }

    /// The whole account: a closed one has no positions.
    func account(_ state: AccountState, _ encoder: inout FeedEncoder) {
        var positions: [FeedEncoder.Position] = []
        var reserves: [ReserveIndex] = []
        for leg in state.legs {
            let reserve = leg.factor.reserve
            let position = reserves.firstIndex(of: reserve) ?? reserves.count
            if position == reserves.count {
                reserves.append(reserve)
                positions.append(FeedEncoder.Position(asset: name(reserve)))
            }
            switch leg.factor.side {
            case .collateral: positions[position].collateral += leg.amount
            case .debt: positions[position].debt += leg.amount
            case .accrual, .entry: preconditionFailure("Invariant: an episode's accounts lend and borrow")
            }
        }
        encoder.account(market, state.name, version: state.version, positions)
    }
}
