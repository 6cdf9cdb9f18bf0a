/// A quantity of one token in its smallest unit. 128 bits, as Aave stores scaled balances
/// (`IncentivizedERC20.UserState.balance` is a `uint128`).
public typealias TokenAmount = UInt128

/// An oracle price: base units of the market's base currency for one whole token.
public struct Price: Hashable, Comparable, Sendable {
    public var baseUnits: UInt128

    @inlinable
    public init(baseUnits: UInt128) {
        self.baseUnits = baseUnits
    }

    @inlinable
    public static func < (a: Price, b: Price) -> Bool { a.baseUnits < b.baseUnits }
}

/// A fixed-point number with 27 decimals, as Aave keeps its indices (`WadRayMath.RAY`).
public struct Ray: Hashable, Comparable, Sendable {
    public var value: UInt128

    @inlinable
    public init(_ value: UInt128) {
        self.value = value
    }

    public static let one = Ray(1_000_000_000_000_000_000_000_000_000)

    @inlinable
    public static func < (a: Ray, b: Ray) -> Bool { a.value < b.value }
}

/// A fixed-point number with 18 decimals (`WadRayMath.WAD`, Compound's mantissas).
public struct Wad: Hashable, Comparable, Sendable {
    public var value: UInt128

    @inlinable
    public init(_ value: UInt128) {
        self.value = value
    }

    public static let one = Wad(1_000_000_000_000_000_000)

    @inlinable
    public static func < (a: Wad, b: Wad) -> Bool { a.value < b.value }
}

/// A signed sum of money in the smallest unit of the cash token that profit is counted in.
///
/// | expression | result |
/// |---|---|
/// | `a + b`, `a - b`, `-a` | `Cash`; traps past 128 bits |
/// | `.proceeds(amount)` | what we receive, rounded down by whoever computed it |
/// | `.cost(amount)` | what we pay, rounded up by whoever computed it |
public struct Cash: Hashable, Comparable, Sendable {
    public var units: Int128

    @inlinable
    public init(units: Int128) {
        self.units = units
    }

    public static let zero = Cash(units: 0)

    @inlinable public static func proceeds(_ amount: TokenAmount) -> Cash { Cash(units: Int128(amount)) }
    @inlinable public static func cost(_ amount: TokenAmount) -> Cash { Cash(units: -Int128(amount)) }
    @inlinable public static func + (a: Cash, b: Cash) -> Cash { Cash(units: a.units + b.units) }
    @inlinable public static func - (a: Cash, b: Cash) -> Cash { Cash(units: a.units - b.units) }
    @inlinable public static func += (a: inout Cash, b: Cash) { a = a + b }
    @inlinable public static prefix func - (a: Cash) -> Cash { Cash(units: -a.units) }
    @inlinable public static func < (a: Cash, b: Cash) -> Bool { a.units < b.units }
}
