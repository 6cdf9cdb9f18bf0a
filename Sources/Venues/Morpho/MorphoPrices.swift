public import Domain
import Margin
public import Units

extension MorphoRules {
    /// In billionths of the loan asset's smallest unit. The loan asset, known by its totals, is worth itself; any other price is
    /// the oracle's: loan units for a smallest unit, times 10^36.
    public func wholePrice(of instrument: ReserveIndex, in reserves: borrowing ReserveTable) -> Price? {
        guard let unit = reserves.unit(of: instrument) else { return nil }
        let isLoan = reserves.state(of: instrument)?.totals != nil
        if isLoan { return (UInt256(unit) * Self.billion).asUInt128.map { Price(baseUnits: $0) } }
        guard let price = reserves.price(of: instrument) else { return nil }
        let whole = (UInt256(price.baseUnits) * UInt256(unit)).dividedRoundingDown(by: Self.oracleScaleOverBillion)
        return whole.asUInt128.map { Price(baseUnits: $0) }
    }

    private static let billion: UInt256 = 1_000_000_000
    /// 10^27.
    private static let oracleScaleOverBillion: UInt256 = 1_000_000_000_000_000_000_000_000_000
}
