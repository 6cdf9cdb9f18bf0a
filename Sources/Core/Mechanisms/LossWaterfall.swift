public import Units

/// Who pays for an account that has less than nothing: first the insurance fund, then what winners on the other side give up by
/// deleveraging, and what is left everybody by his share.
///
/// Example: a loss of 100 with a fund of 30 and 20 given up leaves 50 for all: with shares of 1 and 2, 16 and 34. Nothing is
/// lost and nothing invented: the parts add up to the loss.
public struct LossWaterfall: Equatable, Sendable {
    public let fromFund: UInt256
    public let fromWinners: UInt256
    public let socialised: UInt256

    public init(loss: UInt256, fund: UInt256, winners: UInt256) {
        fromFund = min(loss, fund)
        fromWinners = min(loss - fromFund, winners)
        socialised = loss - fromFund - fromWinners
    }

    /// Splits the socialised part by shares, each what is due so far less what was taken before: the sum is exact, and no part
    /// is off by a unit or more. `nil` without any share.
    public func split<S: Sequence<UInt256>>(by shares: S, _ take: (Int, UInt256) -> Void) -> UInt256? {
        var total = UInt256.zero
        for share in shares { total += share }
        guard !total.isZero else { return nil }
        var (seen, taken) = (UInt256.zero, UInt256.zero)
        for (i, share) in shares.enumerated() {
            seen += share
            guard let due = socialised.multiplied(by: seen, dividedRoundingDownBy: total) else { return nil }
            take(i, due - taken)
            taken = due
        }
        return taken
    }
}
