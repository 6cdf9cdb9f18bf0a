public import Domain
public import Margin
public import Units

/// What the chain's money is worth in a market's cash asset, at the oracle's prices of whole tokens.
public struct GasRate: Equatable, Sendable {
    private let native: Price
    private let cash: Price
    private let cashUnit: UInt128

    /// `nil` while a price is missing.
    public init?(_ market: MarketDefinition, _ rules: any MarginRules, _ reserves: borrowing ReserveTable) {
        guard let native = rules.wholePrice(of: market.native, in: reserves), native.baseUnits > 0,
            let cash = rules.wholePrice(of: market.cash, in: reserves), cash.baseUnits > 0,
            let unit = reserves.unit(of: market.cash)
        else { return nil }
        (self.native, self.cash, cashUnit) = (native, cash, unit)
    }

    /// Wei in cash, rounded up: gas is a cost. `nil` past 128 bits.
    ///
    /// wei · price(native) / 10^18 is base units; over price(cash) and times the cash unit it is cash.
    public func cost(of wei: Wei) -> TokenAmount? {
        guard let base = UInt256(wei).multiplied(by: UInt256(native.baseUnits)),
            let divisor = UInt256(cash.baseUnits).multiplied(by: UInt256(Self.weiPerNative))
        else { return nil }
        return base.multiplied(by: UInt256(cashUnit), dividedRoundingUpBy: divisor)?.asUInt128
    }

    /// Cash in wei, rounded down.
    public func wei(worth amount: TokenAmount) -> Wei? {
        guard let base = UInt256(amount).multiplied(by: UInt256(cash.baseUnits)),
            let divisor = UInt256(native.baseUnits).multiplied(by: UInt256(cashUnit))
        else { return nil }
        return base.multiplied(by: UInt256(Self.weiPerNative), dividedRoundingDownBy: divisor)?.asUInt128
    }

    private static let weiPerNative: UInt128 = 1_000_000_000_000_000_000
}
