import BiddingModel
import Units

enum Questions {
    static func sample(
        id: UInt64, account: String = "0xa", within: Interval = .seconds(60)
    ) -> ModelQuestion {
        ModelQuestion(
            id: id, market: "aave", account: account, collateral: "WETH", debt: "USDC", repayMax: 1_000, repay: 500,
            seize: 1, proceeds: 550, repayCost: 500, gasCost: 10, priorityFee: 3, baseFee: 20, netProfit: 40, block: 9,
            within: within, timeToLive: .seconds(12))
    }
}
