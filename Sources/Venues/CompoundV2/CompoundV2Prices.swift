public import Domain
import Margin
public import Units

extension CompoundV2Rules {
    /// `getUnderlyingPrice` is scaled by 10^(36 − decimals): with the token's unit over 10^18 every price has 18 decimals.
    public func wholePrice(of instrument: ReserveIndex, in reserves: borrowing ReserveTable) -> Price? {
        guard let price = reserves.price(of: instrument), let unit = reserves.unit(of: instrument) else { return nil }
        let whole = (UInt256(price.baseUnits) * UInt256(unit)).dividedRoundingDown(by: CompoundV2Market.scale)
        return whole.asUInt128.map { Price(baseUnits: $0) }
    }
}
