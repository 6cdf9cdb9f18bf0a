import Units

/// Decimal numbers read by their digits: no floating point, so what the text says is what the integer is.
///
/// | text, decimals | result |
/// |---|---|
/// | `12.345`, 2 | 1234: digits past the last decimal are cut, never rounded up |
/// | `7`, 18 | 7 · 10^18 |
/// | ` 7`, `-7`, `7e3`, `.5`, `5.`, empty | `nil` |
public enum DecimalText {
    public static func units(_ text: some Sequence<UInt8>, decimals: UInt8) -> UInt128? {
        var value: UInt128 = 0
        var whole = 0
        var places: UInt8?
        var fraction = 0
        for byte in text {
            if byte == point {
                guard places == nil, whole > 0 else { return nil }
                places = 0
                continue
            }
            guard (zero...nine).contains(byte) else { return nil }
            if let used = places {
                fraction += 1
                guard used < decimals else { continue }
                places = used + 1
            } else {
                whole += 1
            }
            guard let next = appended(byte, to: value) else { return nil }
            value = next
        }
        guard whole > 0, places == nil || fraction > 0 else { return nil }
        let missing = decimals - (places ?? 0)
        let (result, overflow) = value.multipliedReportingOverflow(by: Decimals.powerOfTen(missing))
        return overflow ? nil : result
    }

    /// Digits only, as the whole number that they spell.
    static func integer(_ text: some Sequence<UInt8>) -> UInt128? {
        var value: UInt128 = 0
        var count = 0
        for byte in text {
            guard (zero...nine).contains(byte), let next = appended(byte, to: value) else { return nil }
            value = next
            count += 1
        }
        return count > 0 ? value : nil
    }

    private static func appended(_ digit: UInt8, to value: UInt128) -> UInt128? {
        // The 64-bit path: most numbers of a file are short, and 128-bit checks cost several times as much.
        if value < fastBelow { return UInt128(UInt64(value) * 10 + UInt64(digit - zero)) }
        let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = shifted.addingReportingOverflow(UInt128(digit - zero))
        return overflow || carry ? nil : sum
    }

    private static let fastBelow: UInt128 = 1_000_000_000_000_000_000
    private static let point = UInt8(ascii: ".")
    private static let zero = UInt8(ascii: "0")
    private static let nine = UInt8(ascii: "9")
}

/// Powers of ten up to 36, computed once.
enum Decimals {
    private static let powers: [UInt128] = (0...36).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    static func powerOfTen(_ exponent: UInt8) -> UInt128 { powers[Int(exponent)] }
}
