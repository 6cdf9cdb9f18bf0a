public import Units

/// Moments written as `2021-01-11T00:10:00.000Z`: UTC, with or without the fraction of a second.
public enum TimeText {
    public static func moment(_ text: some Collection<UInt8>) -> Moment? {
        let bytes = Array(text)
        guard bytes.count >= shortest, bytes.last == UInt8(ascii: "Z"), marksAreRight(bytes),
            let year = number(bytes, 0..<4), let month = number(bytes, 5..<7), let day = number(bytes, 8..<10),
            let hour = number(bytes, 11..<13), let minute = number(bytes, 14..<16), let second = number(bytes, 17..<19),
            year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let fraction = bytes[19..<bytes.count - 1]
        guard fraction.isEmpty || fraction.elementsEqual(".000".utf8) else { return nil }
        let seconds = daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Moment(nanoseconds: seconds * 1_000_000_000)
    }

    private static let shortest = "2021-01-11T00:00:00Z".utf8.count

    private static func marksAreRight(_ bytes: [UInt8]) -> Bool {
        let marks: [(Int, Character)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
        return marks.allSatisfy { bytes[$0.0] == $0.1.asciiValue }
    }

    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
        DecimalText.integer(bytes[range]).map { Int64($0) }
    }

    /// Days from the civil calendar (Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
