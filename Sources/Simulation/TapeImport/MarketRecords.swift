public import Domain
public import FeedProtocol
public import MarginEngine
public import Units

/// An episode's names, and the world's values as records that use them.
public struct MarketRecords: Sendable {
    public let episode: Episode

    public init(episode: Episode) {
        self.episode = episode
    }

    private var market: String { episode.marketName }

    private func name(_ reserve: ReserveIndex) -> String { episode.reserves[reserve.position].name }

    public func definition(_ encoder: inout FeedEncoder) {
        encoder.market(
            market, rules: episode.rulesName, closeFactor: episode.closeFactor, cash: name(episode.cash),
            native: name(episode.native), flashLoanFee: episode.flashLoanFee)
    }

    public func reserve(_ reserve: ReserveIndex, _ encoder: inout FeedEncoder) {
        encoder.reserve(market, asset: name(reserve), episode.reserves[reserve.position].definition)
    }

    public func price(_ reserve: ReserveIndex, _ price: Price, _ encoder: inout FeedEncoder) {
        encoder.price(market, asset: name(reserve), price)
    }

    public func pool(_ reserve: ReserveIndex, _ pool: Pool, _ encoder: inout FeedEncoder) {
        encoder.pool(market, asset: name(reserve), pool)
    }

    public func gas(_ gas: GasUpdate, _ encoder: inout FeedEncoder) {
        encoder.gas(market, baseFee: gas.baseFee, median: gas.priorityFeeMedian, high: gas.priorityFeeHigh)
    }

    public func block(_ block: BlockUpdate, _ encoder: inout FeedEncoder) {
        encoder.block(market, number: block.number, timestamp: block.timestamp)
    }

    /// The whole account: a closed one has no positions.
    public func account(_ state: AccountState, _ encoder: inout FeedEncoder) {
        account(state.name, version: state.version, state.legs, &encoder)
    }

    /// The same by its parts.
    public func account(_ account: String, version: UInt64, _ legs: [Leg], _ encoder: inout FeedEncoder) {
        var positions: [FeedEncoder.Position] = []
        var reserves: [ReserveIndex] = []
        for leg in legs {
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
        encoder.account(market, account, version: version, positions)
    }
}
