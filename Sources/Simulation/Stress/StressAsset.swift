package import Domain
package import Units

/// What accounts hold; everybody owes cash, a dollar of six decimals.
///
/// | asset | decimals | price at first | stands for |
/// |---|---|---|---|
/// | ether | 18 | 2 000 | what pays for gas |
/// | bitcoin | 8 | 30 000 | another large one |
/// | pegged | 18 | 1 | a token that should be worth a dollar |
package enum StressAsset: Int, CaseIterable, Sendable {
    case ether, bitcoin, pegged

    package static let cash = ReserveIndex(0)
    package static let cashDecimals: UInt8 = 6
    package static let cashUnit: UInt128 = 1_000_000
    /// Prices are dollars with 8 decimals.
    package static let one: UInt128 = 100_000_000

    package var reserve: ReserveIndex { ReserveIndex(rawValue + 1) }
    package var decimals: UInt8 { self == .bitcoin ? 8 : 18 }
    package var unit: UInt128 { Reserve.powerOfTen(decimals) }

    package var startPrice: UInt128 {
        switch self {
        case .ether: 2_000 * Self.one
        case .bitcoin: 30_000 * Self.one
        case .pegged: Self.one
        }
    }

    /// An amount in cash at a price, rounded down.
    package func value(_ amount: TokenAmount, at price: UInt128) -> TokenAmount {
        Self.product(amount, price, over: unit * (Self.one / Self.cashUnit))
    }

    /// What so much cash is at a price, rounded down.
    package func amount(worth cash: TokenAmount, at price: UInt128) -> TokenAmount {
        Self.product(cash, unit * (Self.one / Self.cashUnit), over: price)
    }

    /// ⌊a · b / c⌋ at full width.
    static func product(_ a: UInt128, _ b: UInt128, over c: UInt128) -> UInt128 {
        let (short, overflow) = a.multipliedReportingOverflow(by: b)
        if !overflow { return short / c }
        guard let found = UInt256(a).multiplied(by: UInt256(b), dividedRoundingDownBy: UInt256(c))?.asUInt128 else {
            preconditionFailure("Invariant: the world's amounts are far below 128 bits")
        }
        return found
    }
}

/// Parts per million: `1_000_000` is the whole.
package typealias Millionths = UInt64
