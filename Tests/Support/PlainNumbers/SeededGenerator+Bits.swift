public import Units

extension SeededGenerator {
    /// A number above zero with so many bits.
    public mutating func number(bits: ClosedRange<Int>) -> UInt128 {
        let width = UInt128(within(bits))
        let word = UInt128(next()) << 64 | UInt128(next())
        return word >> (128 - width) | 1 << (width - 1)
    }

    /// The same with either sign.
    public mutating func signed(bits: ClosedRange<Int>) -> Int128 {
        let magnitude = Int128(number(bits: bits))
        return below(2) == 0 ? magnitude : -magnitude
    }
}
