public import Domain
public import Units

/// What accounts hold; everybody owes cash, a dollar of six decimals.
///
/// | asset | decimals | price at first | stands for |
/// |---|---|---|---|
/// | ether | 18 | 2 000 | what pays for gas |
/// | bitcoin | 8 | 30 000 | another large one |
/// | pegged | 18 | 1 | a token that should be worth a dollar |
public enum StressAsset: Int, CaseIterable, Sendable {
    case ether, bitcoin, pegged

    public static let cash = ReserveIndex(0)
    public static let cashDecimals: UInt8 = 6
    public static let cashUnit: UInt128 = 1_000_000
    /// Prices are dollars with 8 decimals.
    public static let one: UInt128 = 100_000_000

    public var reserve: ReserveIndex { ReserveIndex(rawValue + 1) }
    public var decimals: UInt8 { self == .bitcoin ? 8 : 18 }
    public var unit: UInt128 { Reserve.powerOfTen(decimals) }

    public var startPrice: UInt128 {
        switch self {
        case .ether: 2_000 * Self.one
        case .bitcoin: 30_000 * Self.one
        case .pegged: Self.one
        }
    }

    /// An amount in cash at a price, rounded down.
    public func value(_ amount: TokenAmount, at price: UInt128) -> TokenAmount {
        Self.product(amount, price, over: unit * (Self.one / Self.cashUnit))
    }

    /// What so much cash is at a price, rounded down.
    public func amount(worth cash: TokenAmount, at price: UInt128) -> TokenAmount {
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
public typealias Millionths = UInt64
