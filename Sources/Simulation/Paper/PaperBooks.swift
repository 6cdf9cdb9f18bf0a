package import Domain
package import Units

/// Where everything went, asset by asset. What the tape itself brings and takes (accounts that open, pools that are restated,
/// arbitrage) is counted as coming from outside, so that the sum of everything less that never changes.
///
/// Amounts are modulo 2^128: sums of what is owed and what is owned, whose differences are exact.
package struct PaperBooks: Equatable, Sendable {
    package struct Asset: Equatable, Sendable {
        package var ours: UInt128 = 0
        package var others: UInt128 = 0
        package var protocolFees: UInt128 = 0
        package var flashLoanFees: UInt128 = 0
        /// Debt that nothing is left to seize for, taken off its accounts: what the fund gave and what suppliers lost.
        package var writtenOff: UInt128 = 0
        package var outside: UInt128 = 0

        /// All that is not in accounts, pools and the fund, less what came from outside.
        var total: UInt128 { ours &+ others &+ protocolFees &+ flashLoanFees &- outside }
    }

    package private(set) var assets: ContiguousArray<Asset> = []
    package internal(set) var ourGas: Wei = 0
    package internal(set) var othersGas: Wei = 0
    /// Gas at the base fee, burnt, and tips to builders: together what everybody paid.
    package internal(set) var burnt: Wei = 0
    package internal(set) var tips: Wei = 0
    /// Debt written off, by market, in cash at the oracle's prices of then.
    package internal(set) var badDebt = Cash.zero
    package internal(set) var insurance = PaperInsurance()

    package subscript(reserve: ReserveIndex) -> Asset {
        get { reserve.position < assets.count ? assets[reserve.position] : Asset() }
        set {
            while assets.count <= reserve.position { assets.append(Asset()) }
            assets[reserve.position] = newValue
        }
    }

    mutating func book(_ ending: PaperEnding, cash: ReserveIndex) {
        let change = UInt128(bitPattern: ending.cash.units)
        if ending.order.party == .ours {
            self[cash].ours &+= change
            ourGas += ending.gasPaid
        } else {
            self[cash].others &+= change
            othersGas += ending.gasPaid
        }
        tips += ending.tipPaid
        burnt += ending.gasPaid - ending.tipPaid
    }
}
