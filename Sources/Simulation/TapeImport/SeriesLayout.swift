import Episodes
import Units

/// Where the prices of a CSV file stand, and what must hold of its rows.
struct SeriesLayout: Sendable {
    enum TimeForm: Sendable {
        /// Whole ticks since 1970, each so many nanoseconds.
        case ticks(Int64)
        /// `2021-01-11T00:00:00Z` or `2021-01-11 00:00:00`, both UTC.
        case text
    }

    /// Whose price a column holds: a name, or the name in the symbol column.
    struct PriceColumn: Sendable {
        var asset: String?
        var column: Int
        /// Together with this one: the middle of bid and ask.
        var ask: Int?
    }

    let file: String
    let columns: [String]
    let timeColumn: Int
    let time: TimeForm
    var symbolColumn: Int?
    var prices: [PriceColumn] = []
    /// Where open, high, low and close stand.
    var bars: [Int] = []
    /// Only rows whose word in a column is this one have a price.
    var kind: (column: Int, word: String)?
    var gapMax: Interval?
    /// Whole days, which begin so long after midnight in UTC.
    var daysBegin: Interval?

    static let second: Int64 = 1_000_000_000

    /// The recordings of `shared/data` that are rows of something by time, by their folders.
    static let known: [String: [SeriesLayout]] = [
        "2021-01-eth-crash": [
            .init(
                file: "ethusdt_perp_1m_bidask_liquidations",
                columns: ["unix_us", "ask_mean", "bid_mean", "liq_long_eth", "liq_short_eth"], timeColumn: 0,
                time: .ticks(1_000), prices: [PriceColumn(asset: "ETH", column: 2, ask: 1)], gapMax: .seconds(300)),
            .init(
                file: "ethusd_spot_10m",
                columns: ["symbol", "period_start", "open", "high", "low", "close", "volume", "trades"], timeColumn: 1,
                time: .text, symbolColumn: 0, prices: [PriceColumn(column: 5)], bars: [2, 3, 4, 5],
                daysBegin: .seconds(0)
            ),
            history("aave_v2_liquidations", liquidationColumns, 0),
        ],
        "2022-01-btc-grind": [
            .init(
                file: "btc_perp_1m", columns: ["unix_s", "open", "high", "low", "close", "volume_usd"], timeColumn: 0,
                time: .ticks(second), prices: [PriceColumn(asset: "BTC", column: 4)], bars: [1, 2, 3, 4],
                gapMax: .seconds(60)),
            history("aave_v2_liquidations", liquidationColumns, 0),
            history("aave_v2_oracle_stable_eth_prints", ["unix_s", "debt", "debt_price_eth", "eth_usd_implied"], 0),
        ],
        "2023-03-usdc-depeg": [
            .init(
                file: "btc_vs_usd_usdt_usdc_1m",
                columns: ["venue", "symbol", "unix_s", "open", "high", "low", "close", "volume"], timeColumn: 2,
                time: .ticks(second), symbolColumn: 1, prices: [PriceColumn(column: 6)], bars: [3, 4, 5, 6])
        ],
        "2017-09-calm": [
            .init(
                file: "ethusd_btcusd_1m",
                columns: [
                    "symbol", "unix_s", "open", "high", "low", "close", "volume", "bid_close", "bid_size", "ask_close",
                    "ask_size",
                ], timeColumn: 1, time: .ticks(second), symbolColumn: 0,
                prices: [PriceColumn(column: 5)], bars: [2, 3, 4, 5], daysBegin: .seconds(0))
        ],
        "2023-08-onchain": [
            .init(
                file: "uniswap_v3_usdc_weth_005_1m",
                columns: [
                    "timestamp", "netAmount0", "netAmount1", "closeTick", "openTick", "lowestTick", "highestTick",
                    "inAmount0", "inAmount1", "currentLiquidity", "weth_usdc_close",
                ], timeColumn: 0, time: .text, prices: [PriceColumn(asset: "WETH", column: 10)], daysBegin: .seconds(0)),
            history(
                "aave_v3_reserve_indices_1m",
                [
                    "reserve", "block_timestamp", "liquidity_rate", "stable_borrow_rate", "variable_borrow_rate",
                    "liquidity_index", "variable_borrow_index",
                ], 1, .text, symbol: 0),
            history("polygon_gas_price_1m", ["block_timestamp", "gas_price_gwei"], 0, .text),
        ],
        "top-of-book": [
            .init(
                file: "binance_usdm_ethusdt_6min",
                columns: ["recv_ns", "kind", "bid_or_price", "bid_qty_or_qty", "ask_or_side", "ask_qty"], timeColumn: 0,
                time: .ticks(1), prices: [PriceColumn(asset: "ETH", column: 2, ask: 4)], kind: (1, "top"))
        ],
        "perp-market": [
            .init(
                file: "gmx_v2_arbitrum_eth_1m", columns: perpetualColumns, timeColumn: 0, time: .text,
                prices: [PriceColumn(asset: "ETH", column: 13)], daysBegin: .seconds(0))
        ],
        "competition": [
            history(
                "compound_v3_liquidations_oev",
                [
                    "chain", "comet", "date", "unix_s", "tx_hash", "borrower", "value_liquidated_usd",
                    "available_incentive_usd", "svr_routed", "gross_recaptured_eth", "dao_55_eth", "chainlink_45_eth",
                ], 3)
        ],
    ]

    /// Rows that are kept as they are.
    private static func history(
        _ file: String, _ columns: [String], _ timeColumn: Int, _ time: TimeForm = .ticks(second), symbol: Int? = nil
    ) -> SeriesLayout {
        SeriesLayout(file: file, columns: columns, timeColumn: timeColumn, time: time, symbolColumn: symbol)
    }

    private static let liquidationColumns = [
        "unix_s", "pool", "user", "liquidator", "collateral", "debt", "collateral_amount", "debt_amount",
        "debt_price_eth", "debt_price_usd", "collateral_price_eth", "collateral_price_usd",
    ]

    private static let perpetualColumns = [
        "timestamp", "marketTokensSupply", "poolValue", "longAmount", "shortAmount", "pendingPnl", "realizedPnl",
        "realizedProfit", "virtualSwapInventoryLong", "virtualSwapInventoryShort", "impactPoolAmount", "longPrice",
        "shortPrice", "indexPrice", "openInterestLong", "openInterestShort", "openInterestInTokensLong",
        "openInterestInTokensShort", "virtualPositionInventory", "cumulativeBorrowingFactorLong",
        "cumulativeBorrowingFactorShort", "longTokenFundingFeeAmountPerSizeLong",
        "longTokenFundingFeeAmountPerSizeShort", "shortTokenFundingFeeAmountPerSizeLong",
        "shortTokenFundingFeeAmountPerSizeShort", "longTokenClaimableFundingAmountPerSizeLong",
        "longTokenClaimableFundingAmountPerSizeShort", "shortTokenClaimableFundingAmountPerSizeLong",
        "shortTokenClaimableFundingAmountPerSizeShort", "positionImpactPoolAmount",
    ]
}
