/// Between which shares the truth lies with a chance of 95 %, by so many of so many (Wilson, 1927): sound for few, and for
/// none and all, unlike the normal approximation.
public struct WilsonInterval: Equatable, Sendable {
    public let share, low, high: Double

    /// `nil` of nothing.
    public init?(_ count: UInt64, of total: UInt64) {
        guard total > 0 else { return nil }
        let (n, p) = (Double(total), Double(count) / Double(total))
        let square = 1.959963984540054 * 1.959963984540054
        let middle = (p + square / (2 * n)) / (1 + square / n)
        let half = (square * (p * (1 - p) / n + square / (4 * n * n))).squareRoot() / (1 + square / n)
        share = p
        low = max(0, middle - half)
        high = min(1, middle + half)
    }
}
