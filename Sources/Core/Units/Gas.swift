/// The chain's smallest money unit.
package typealias Wei = UInt128

/// A price of gas: wei for one unit of gas.
package struct GasPrice: Hashable, Comparable, Sendable {
    package var weiPerGas: UInt64

    @inlinable
    package init(weiPerGas: UInt64) {
        self.weiPerGas = weiPerGas
    }

    package static let zero = GasPrice(weiPerGas: 0)

    @inlinable package static func + (a: GasPrice, b: GasPrice) -> GasPrice {
        GasPrice(weiPerGas: a.weiPerGas + b.weiPerGas)
    }
    @inlinable package static func < (a: GasPrice, b: GasPrice) -> Bool { a.weiPerGas < b.weiPerGas }

    /// What so much gas costs at this price. Always fits: 64 by 64 bits.
    @inlinable
    package static func * (price: GasPrice, gas: GasUnits) -> Wei { Wei(price.weiPerGas) * Wei(gas.count) }
}

/// An amount of gas.
package struct GasUnits: Hashable, Comparable, Sendable {
    package var count: UInt64

    @inlinable
    package init(_ count: UInt64) {
        self.count = count
    }

    @inlinable package static func < (a: GasUnits, b: GasUnits) -> Bool { a.count < b.count }
}
