import Units

// Solidity's shifts: what leaves the word is lost.
extension UInt256 {
    func shiftedLeft(by count: Int) -> UInt256 {
        precondition(count >= 0, "Condition: a shift is not negative")
        guard count < 128 else { return count < 256 ? UInt256(high: low << UInt128(count - 128), low: 0) : .zero }
        guard count > 0 else { return self }
        return UInt256(high: high << UInt128(count) | low >> UInt128(128 - count), low: low << UInt128(count))
    }

    func shiftedRight(by count: Int) -> UInt256 {
        precondition(count >= 0, "Condition: a shift is not negative")
        guard count < 128 else { return count < 256 ? UInt256(high: 0, low: high >> UInt128(count - 128)) : .zero }
        guard count > 0 else { return self }
        return UInt256(high: high >> UInt128(count), low: low >> UInt128(count) | high << UInt128(128 - count))
    }

    /// How many bits the number has; zero has none.
    var bitCount: Int { high != 0 ? 256 - high.leadingZeroBitCount : 128 - low.leadingZeroBitCount }
}
