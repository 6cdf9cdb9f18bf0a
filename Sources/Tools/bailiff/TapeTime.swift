import Console
import Foundation

/// Times as tape commands take and print them.
enum TapeTime {
    /// The range that `--from` and `--to` ask for.
    static func range(_ arguments: Arguments) throws -> ClosedRange<UInt64> {
        let from = try arguments.value("from").map { try nanoseconds($0, option: "from") } ?? 0
        let to = try arguments.value("to").map { try nanoseconds($0, option: "to") } ?? .max
        guard from <= to else {
            throw UsageError.badValue(option: "to", found: arguments.value("to") ?? "", allowed: "not before --from")
        }
        return from...to
    }

    /// A moment that an option names.
    static func moment(_ arguments: Arguments, option: String) throws -> UInt64 {
        try nanoseconds(arguments.value(option) ?? "", option: option)
    }

    static func nanoseconds(_ text: String, option: String) throws -> UInt64 {
        if let number = UInt64(text) { return number }
        guard let date = try? Date(text, strategy: .iso8601), date.timeIntervalSince1970 >= 0 else {
            throw UsageError.badValue(
                option: option, found: text, allowed: "2021-01-11T00:00:00Z, or nanoseconds since 1970")
        }
        return UInt64(date.timeIntervalSince1970.rounded()) * 1_000_000_000
    }

    /// `2021-01-11T00:00:00.123456789Z`.
    static func text(_ nanoseconds: UInt64) -> String {
        let date = Date(timeIntervalSince1970: Double(nanoseconds / 1_000_000_000))
        let fraction = "\(nanoseconds % 1_000_000_000)"
        let padded = String(repeating: "0", count: 9 - fraction.count) + fraction
        return date.formatted(.iso8601).replacing("Z", with: ".\(padded)Z")
    }
}
