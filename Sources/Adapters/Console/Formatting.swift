public import Units

extension Interval {
    /// For people: two or three digits and the unit that fits. `1.25 ms`, `40 s`, `2 h 5 min`.
    public var text: String {
        let sign = nanoseconds < 0 ? "-" : ""
        let magnitude = nanoseconds.magnitude
        switch magnitude {
        case ..<1_000: return "\(sign)\(magnitude) ns"
        case ..<1_000_000: return sign + Self.scaled(magnitude, by: 1_000) + " µs"
        case ..<1_000_000_000: return sign + Self.scaled(magnitude, by: 1_000_000) + " ms"
        case ..<60_000_000_000: return sign + Self.scaled(magnitude, by: 1_000_000_000) + " s"
        case ..<3_600_000_000_000:
            return "\(sign)\(magnitude / 60_000_000_000) min \(magnitude / 1_000_000_000 % 60) s"
        default: return "\(sign)\(magnitude / 3_600_000_000_000) h \(magnitude / 60_000_000_000 % 60) min"
        }
    }

    /// Two decimals, cut, without trailing zeros.
    private static func scaled(_ value: UInt64, by unit: UInt64) -> String {
        let hundredths = value % unit * 100 / unit
        let whole = value / unit
        if hundredths == 0 { return "\(whole)" }
        if hundredths % 10 == 0 { return "\(whole).\(hundredths / 10)" }
        return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}

extension Cash {
    /// For people: whole tokens with thousands set apart, and two decimals, cut towards zero. `-1,234.56`.
    public func text(decimals: UInt8) -> String {
        precondition(decimals <= 36, "Condition: a token has at most 36 decimals")
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, Int(decimals) + 1 - digits.count)) + digits
        let whole = padded.dropLast(Int(decimals))
        let fraction = (padded.suffix(Int(decimals)) + "00").prefix(2)
        let isZero = !(whole + fraction).contains { $0 != "0" }
        return (units < 0 && !isZero ? "-" : "") + whole.groupedByThousands + "." + fraction
    }
}

extension UInt64 {
    /// With thousands set apart: `1,234,567`.
    public var grouped: String { String(self)[...].groupedByThousands }
}

extension Substring {
    fileprivate var groupedByThousands: String {
        var grouped = ""
        for (offset, digit) in enumerated() {
            if offset > 0 && (count - offset) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }
}
