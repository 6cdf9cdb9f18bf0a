extension UInt256: CustomStringConvertible {
    /// Decimal digits, no separators.
    public var description: String {
        if let small = asUInt128 { return String(small) }
        let chunk = UInt256(10_000_000_000_000_000_000)
        var rest = self
        var groups: [String] = []
        while !rest.isZero {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: chunk)
            let text = String(remainder.low)
            groups.append(quotient.isZero ? text : String(repeating: "0", count: 19 - text.count) + text)
            rest = quotient
        }
        return groups.reversed().joined()
    }

    /// Reads decimal digits only: no sign, no blank, no separator. `nil` for anything else or past 256 bits.
    public init?(decimal text: String) {
        guard !text.isEmpty else { return nil }
        var value = UInt256.zero
        for character in text.utf8 {
            guard (48...57).contains(character), let shifted = value.multiplied(by: 10),
                let sum = shifted.adding(UInt256(UInt64(character - 48)))
            else { return nil }
            value = sum
        }
        self = value
    }

    /// The nearest double, for the filter only: never for an amount.
    @inlinable public var approximate: Double { high.approximate * 0x1p128 + low.approximate }
}
