/// The chain's smallest money unit.
public typealias Wei = UInt128

/// A price of gas: wei for one unit of gas.
public struct GasPrice: Hashable, Comparable, Sendable {
    public var weiPerGas: UInt64

    @inlinable
    public init(weiPerGas: UInt64) {
        self.weiPerGas = weiPerGas
    }

    public static let zero = GasPrice(weiPerGas: 0)

    @inlinable public static func + (a: GasPrice, b: GasPrice) -> GasPrice {
        GasPrice(weiPerGas: a.weiPerGas + b.weiPerGas)
    }
    @inlinable public static func < (a: GasPrice, b: GasPrice) -> Bool { a.weiPerGas < b.weiPerGas }

    /// What so much gas costs at this price. Always fits: 64 by 64 bits.
    @inlinable
    public static func * (price: GasPrice, gas: GasUnits) -> Wei { Wei(price.weiPerGas) * Wei(gas.count) }
}

/// An amount of gas.
public struct GasUnits: Hashable, Comparable, Sendable {
    public var count: UInt64

    @inlinable
    public init(_ count: UInt64) {
        self.count = count
    }

    @inlinable public static func < (a: GasUnits, b: GasUnits) -> Bool { a.count < b.count }
}
