import Domain

/// What one look at an account finds, in the filter's doubles.
///
/// The venue's exact integers may differ from the linear form: rounding and, in some versions, a truncated average make
/// them so. `allowance` bounds the rounding either way; `slack` bounds what the exact value may lie above the form,
/// relative to the gross. So lowest > 0 proves the account safe, highest < 0 proves it liquidatable, and between them
/// only the rules know.
struct Evaluation {
    /// constant + Σ weight · factor.
    var excess: Double
    /// |constant| + Σ |weight| · factor: what rounding errors are relative to.
    var gross: Double
    /// Σ |weight| · scale: what all factors moving against the account by a typical move would cost.
    var spread: Double
    var slack: Double
    var allowance: Double

    /// Bounds the error of summing at most 256 products in doubles: 258 · 2^-53 < 3·10^-14, times a wide margin.
    static let roundingError = 1e-12
    /// Radii are shortened by this share, so that a trigger fires early rather than late.
    static let radiusMargin = 1e-9

    /// What the filter can prove by itself.
    enum Verdict: UInt8, BitwiseCopyable {
        case safe
        /// Only the exact rules know.
        case undecided
        case fallen
    }

    var verdict: Verdict { lowest > 0 ? .safe : highest < 0 ? .fallen : .undecided }
    var distance: Double { excess / spread }
    var lowest: Double { excess - allowance - Self.roundingError * gross }
    var highest: Double { excess + allowance + (slack + Self.roundingError) * gross }

    /// Up to this distance an earlier look may have found `lowest` not above zero. The gross may have been larger then: a
    /// thousand times, generously.
    var distanceInDoubt: Double { (allowance + 1_000 * Self.roundingError * gross) / spread }

    /// How far every factor may move, in scales, before the account could come nearer than `distance`.
    func radius(to distance: Double) -> Double {
        (lowest / spread - distance) * (1 - Self.radiusMargin)
    }

    /// How far every factor may move, in scales, before a liquidatable account could recover.
    var radiusToRecovery: Double {
        -highest / (spread * (1 + slack + Self.roundingError)) * (1 - Self.radiusMargin)
    }
}

extension LinearBook {
    func evaluate(_ account: Int, _ queues: borrowing Row<FactorQueues>) -> Evaluation {
        let row = accounts[account]
        var excess = row.constant
        var gross = abs(excess)
        var spread = 0.0
        for leg in Int(row.start)..<Int(row.start) + Int(row.count) {
            let weight = legs[leg].weight
            let factor = factors[leg].position
            let term = weight * queues[factor].value
            excess += term
            gross += abs(term)
            spread += abs(weight) * queues[factor].scale
        }
        return Evaluation(
            excess: excess, gross: gross, spread: spread, slack: Double(row.slack), allowance: Double(row.allowance))
    }
}
