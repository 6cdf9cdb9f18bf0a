import Domain
import Units

/// Gas of one liquidation between wei and cash.
struct GasMarket {
    private let rate: GasRate
    private let units: GasUnits
    private let dataFee: Wei

    init(_ rate: GasRate, _ units: GasUnits, dataFee: Wei) {
        self.rate = rate
        self.units = units
        self.dataFee = dataFee
    }

    func wei(at price: GasPrice) -> Wei { price * units + dataFee }

    func cost(of wei: Wei) -> TokenAmount? { rate.cost(of: wei) }

    /// The whole transaction at a price of gas, rounded up.
    func cost(at price: GasPrice) -> TokenAmount? { cost(of: wei(at: price)) }

    func cost(ofTip tip: GasPrice) -> TokenAmount? { cost(of: tip * units) }

    /// The price of gas that so much cash pays for, rounded down.
    func price(for cash: TokenAmount) -> GasPrice? {
        rate.wei(worth: cash).map { GasPrice(weiPerGas: UInt64(clamping: $0 / Wei(units.count))) }
    }
}
