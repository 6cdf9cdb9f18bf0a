import Domain
import Margin
import Units

/// The clearing house's and the vault's own numbers, which stand at the market's cash asset. Shares have 18 decimals.
struct CurieTerms {
    let cash: ReserveIndex
    /// What brings cash to 18 decimals.
    let cashScale: Int256
    let maintenance: UInt256
    let collateralMaintenance: UInt256
    let debtRatio: UInt256
    /// In dollars of 18 decimals.
    let debtCeiling: Int256

    /// `nil` while one of them was never sent, or when cash has more than 18 decimals.
    init?(_ instrument: ReserveIndex, _ reserves: borrowing ReserveTable) {
        guard let market = reserves.row(instrument)?.market, let cash = reserves.conditions(of: market)?.cash,
            let decimals = reserves.row(cash)?.decimals, decimals <= 18,
            let maintenance = Self.unsigned(.maintenanceMargin, cash, reserves),
            let collateralMaintenance = Self.unsigned(.collateralMaintenance, cash, reserves),
            let debtRatio = Self.unsigned(.debtRatio, cash, reserves),
            let ceiling = Self.unsigned(.debtCeiling, cash, reserves)
        else { return nil }
        self.cash = cash
        let scale = Int256(Reserve.powerOfTen(18 - decimals))
        cashScale = scale
        self.maintenance = maintenance
        self.collateralMaintenance = collateralMaintenance
        self.debtRatio = debtRatio
        guard let bound = Int256(ceiling).flatMap({ $0.multiplied(by: scale) }) else { return nil }
        debtCeiling = bound
    }

    private static func unsigned(
        _ parameter: MarginParameter, _ cash: ReserveIndex, _ reserves: borrowing ReserveTable
    ) -> UInt256? {
        reserves.parameter(parameter, of: cash).flatMap { UInt128(exactly: $0) }.map { UInt256($0) }
    }
}

extension UInt256 {
    static let decimal = UInt256(Wad.one.value)
}
