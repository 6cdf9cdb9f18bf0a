// What the contract accepts as a number and as a name: one place, used by every record.
extension JSONDocument {
    /// A non-negative integer, plain or as a string of decimal digits; `nil` for anything else.
    func amount(at position: Int) -> UInt128? {
        switch kind(at: position) {
        case .unsigned: UInt128(unsigned(at: position))
        case .string: JSONDocument.decimal(text(at: position))
        default: nil
        }
    }

    func amount(_ name: StaticString, of object: Int, in range: ClosedRange<UInt128> = 0...FeedLimits.amountMax)
        -> UInt128?
    {
        guard let position = field(name, of: object), let value = amount(at: position), range.contains(value)
        else { return nil }
        return value
    }

    /// An integer of either sign, plain or as a string: digits with at most one minus before them.
    func signed(at position: Int) -> Int128? {
        switch kind(at: position) {
        case .unsigned: return Int128(unsigned(at: position))
        case .negative: return Int128(Int64(bitPattern: unsigned(at: position)))
        case .string:
            let digits = text(at: position)
            guard digits.first == 0x2D else { return JSONDocument.decimal(digits).flatMap { Int128(exactly: $0) } }
            let magnitude = JSONDocument.decimal(UnsafeRawBufferPointer(rebasing: digits.dropFirst()))
            return magnitude.flatMap { Int128(exactly: $0) }.map { -$0 }
        default: return nil
        }
    }

    func word(_ name: StaticString, of object: Int, in range: ClosedRange<UInt64> = 0...UInt64.max) -> UInt64? {
        guard let value = amount(name, of: object), value <= UInt128(UInt64.max) else { return nil }
        let word = UInt64(value)
        return range.contains(word) ? word : nil
    }

    /// A name: 1 to 64 bytes of printable ASCII without blank, quote or backslash, so that it can be shown and written
    /// anywhere as it is.
    func name(_ name: StaticString, of object: Int) -> UnsafeRawBufferPointer? {
        guard let position = field(name, of: object), kind(at: position) == .string else { return nil }
        let bytes = text(at: position)
        guard JSONDocument.isName(bytes) else { return nil }
        return bytes
    }

    static func isName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard !bytes.isEmpty, bytes.count <= FeedLimits.nameBytesMax else { return false }
        for byte in bytes where byte <= 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x5C { return false }
        return true
    }

    /// Decimal digits only, at most 39 of them: no sign, no blank, no fraction, no exponent, not empty.
    static func decimal(_ digits: UnsafeRawBufferPointer) -> UInt128? {
        guard !digits.isEmpty, digits.count <= FeedLimits.digitsMax else { return nil }
        var value: UInt128 = 0
        var position = 0
        while position < digits.count {
            // Nineteen digits always fit a word, and words multiply much faster.
            let end = min(position + 19, digits.count)
            var group: UInt64 = 0
            var scale: UInt64 = 1
            while position < end {
                let digit = UInt64(digits[position]) &- 48
                guard digit <= 9 else { return nil }
                group = group &* 10 &+ digit
                scale = scale &* 10
                position += 1
            }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: UInt128(scale))
            let (sum, carry) = shifted.addingReportingOverflow(UInt128(group))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }
}
