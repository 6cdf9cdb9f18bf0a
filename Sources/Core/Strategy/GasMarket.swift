import Domain
import Units

/// Gas of one liquidation between wei and cash, at the oracle's prices.
struct GasMarket: ~Copyable {
    private let cashMarket: CashMarket
    private let native: ReserveIndex
    private let reserves: ReserveTable
    private let units: GasUnits
    private let dataFee: Wei

    init(_ market: MarketDefinition, _ reserves: ReserveTable, _ units: GasUnits, dataFee: Wei) {
        cashMarket = CashMarket(cash: market.cash)
        native = market.native
        self.reserves = reserves
        self.units = units
        self.dataFee = dataFee
    }

    func wei(at price: GasPrice) -> Wei { price * units + dataFee }

    func cost(of wei: Wei) -> TokenAmount? { cashMarket.cost(of: wei, native: native, in: reserves) }

    /// The whole transaction at a price of gas, rounded up; `nil` when an oracle's price is missing.
    func cost(at price: GasPrice) -> TokenAmount? { cost(of: wei(at: price)) }

    func cost(ofTip tip: GasPrice) -> TokenAmount? { cost(of: tip * units) }

    /// The price of gas that so much cash pays for, rounded down.
    func price(for cash: TokenAmount) -> GasPrice? {
        cashMarket.wei(worth: cash, native: native, in: reserves)
            .map { GasPrice(weiPerGas: UInt64(clamping: $0 / Wei(units.count))) }
    }
}
