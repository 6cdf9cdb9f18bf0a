public import Domain
public import Units

/// Where everything went, asset by asset. What the tape itself brings and takes (accounts that open, pools that are restated,
/// arbitrage) is counted as coming from outside, so that the sum of everything less that never changes.
///
/// Amounts are modulo 2^128: sums of what is owed and what is owned, whose differences are exact.
public struct PaperBooks: Equatable, Sendable {
    public struct Asset: Equatable, Sendable {
        public var ours: UInt128 = 0
        public var others: UInt128 = 0
        public var protocolFees: UInt128 = 0
        public var flashLoanFees: UInt128 = 0
        /// Debt that nothing is left to seize for, taken off its accounts: what the fund gave and what suppliers lost.
        public var writtenOff: UInt128 = 0
        public var outside: UInt128 = 0

        /// All that is not in accounts, pools and the fund, less what came from outside.
        var total: UInt128 { ours &+ others &+ protocolFees &+ flashLoanFees &- outside }
    }

    public private(set) var assets: ContiguousArray<Asset> = []
    public internal(set) var ourGas: Wei = 0
    public internal(set) var othersGas: Wei = 0
    /// Gas at the base fee, burnt, and tips to builders: together what everybody paid.
    public internal(set) var burnt: Wei = 0
    public internal(set) var tips: Wei = 0
    /// Debt written off, by market, in cash at the oracle's prices of then.
    public internal(set) var badDebt = Cash.zero
    public internal(set) var insurance = PaperInsurance()

    public subscript(reserve: ReserveIndex) -> Asset {
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
