/// Bounds of margins that were worked out before, by the state that they follow from: for runs that meet the same states again and
/// again, as trials of parameters on one tape do.
///
/// A bound follows from an account's legs and from what is known of its assets, and from no parameter of a strategy. The
/// key is a fingerprint of all that in 128 bits, so a bound that is found is the one that would be worked out. Up to `countMax`
/// are kept; later ones are worked out again. One thread.
package final class BoundMemo {
    package struct Key: Equatable, Sendable {
        package private(set) var a: UInt64 = 0x9E37_79B9_7F4A_7C15
        package private(set) var b: UInt64 = 0xD1B5_4A32_D192_ED03

        package init() {}

        /// Two different multiplicative hashes side by side.
        @inlinable package mutating func mix(_ value: UInt64) { absorb(value) }

        @usableFromInline
        mutating func absorb(_ value: UInt64) {
            a = (a ^ value) &* 0xFF51_AFD7_ED55_8CCD
            a ^= a >> 32
            b = (b &+ value) &* 0xC4CE_B9FE_1A85_EC53
            b ^= b >> 29
        }

        package mutating func mix(_ value: UInt128) {
            absorb(UInt64(truncatingIfNeeded: value))
            absorb(UInt64(truncatingIfNeeded: value >> 64))
        }

        package mutating func mix(_ other: Key) {
            absorb(other.a)
            absorb(other.b)
        }
    }

    private var keys: ContiguousArray<Key>
    private var bounds: ContiguousArray<Double>
    private var mask: Int
    package private(set) var count = 0

    /// 48 MB of them.
    package static let countMax = 1 << 20

    package init() {
        keys = ContiguousArray(repeating: Key(), count: Self.sizeMin)
        bounds = ContiguousArray(repeating: .nan, count: Self.sizeMin)
        mask = Self.sizeMin - 1
    }

    private static let sizeMin = 1 << 12

    package func bound(_ key: Key) -> Double? {
        var place = Int(truncatingIfNeeded: key.a) & mask
        while !bounds[place].isNaN {
            if keys[place] == key { return bounds[place] }
            place = (place + 1) & mask
        }
        return nil
    }

    package func note(_ key: Key, _ bound: Double) {
        precondition(!bound.isNaN, "Condition: a bound is a number")
        guard count < Self.countMax else { return }
        if count * 2 > mask { grow() }
        insert(key, bound)
    }

    private func insert(_ key: Key, _ bound: Double) {
        var place = Int(truncatingIfNeeded: key.a) & mask
        while !bounds[place].isNaN {
            if keys[place] == key { return }
            place = (place + 1) & mask
        }
        (keys[place], bounds[place]) = (key, bound)
        count += 1
    }

    private func grow() {
        let (oldKeys, oldBounds) = (keys, bounds)
        let size = 2 * (mask + 1)
        keys = ContiguousArray(repeating: Key(), count: size)
        bounds = ContiguousArray(repeating: .nan, count: size)
        (mask, count) = (size - 1, 0)
        for place in oldBounds.indices where !oldBounds[place].isNaN { insert(oldKeys[place], oldBounds[place]) }
    }
}
