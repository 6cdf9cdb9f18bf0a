import Foundation
import Units

/// Names of recorded files: in order of their names they are in order of time.
enum TapeNames {
    /// `feed-20210111T000000Z-0000.mcap`.
    static func file(_ prefix: String, _ start: Moment, part: Int) -> String {
        var seconds = time_t(start.nanoseconds / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let day =
            padded(Int(parts.tm_year) + 1_900, 4) + padded(Int(parts.tm_mon) + 1, 2) + padded(Int(parts.tm_mday), 2)
        let time = padded(Int(parts.tm_hour), 2) + padded(Int(parts.tm_min), 2) + padded(Int(parts.tm_sec), 2)
        return "\(prefix)-\(day)T\(time)Z-\(padded(part, 4)).mcap"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
