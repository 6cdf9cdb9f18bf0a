package import Units

/// The tip that maximises what a bid is expected to be worth:
///
///     P(win | tip) · (gain − tip) − (1 − P) · cost of losing
///
/// Tips are whole basis points of the stake. A coarse sweep and the model's own corners find the best region, halving steps the
/// best point in it, so a value that rises and falls more than once is searched as well as one that does not.
package struct TipChoice: Equatable, Sendable {
    /// Basis points of the stake.
    package var share: Int64
    package var tip: TokenAmount
    package var chance: Chance
    package var expectedValue: Cash

    /// - Parameters:
    ///   - stake: what shares are shares of: the profit before tip that everybody can see.
    ///   - gain: our own profit before tip.
    ///   - costOfLosing: what a failed attempt costs; nothing in a sealed auction.
    ///   - atRisk: the part of the tip that a failed attempt pays as well; nothing in a sealed auction.
    ///   - shareMax: basis points of the stake, at most the whole.
    package static func best(
        stake: TokenAmount, gain: Cash, costOfLosing: TokenAmount, atRisk: BasisPoints = .zero,
        shareMax: BasisPoints, _ model: WinModel, in contest: Contest
    ) -> TipChoice {
        precondition(shareMax <= .whole, "Condition: a tip is at most the stake")
        let bounds = Bounds(
            unit: stake / 10_000, rest: UInt64(stake % 10_000), gain: gain, costOfLosing: costOfLosing, atRisk: atRisk,
            odds: model.odds(in: contest))
        let limit = Int64(shareMax.count)
        var best = bounds.choice(0)
        for step in 1...sweepSteps { best = better(best, bounds.choice(limit * step / sweepSteps)) }
        for corner in 0..<model.cornerCount {
            best = better(best, bounds.choice(min(max(model.corner(corner), 0), limit)))
        }
        var width = limit / sweepSteps
        while width > 0 {
            let (center, left, right) = (best.share, max(best.share - width, 0), min(best.share + width, limit))
            if left < center { best = better(best, bounds.choice(left)) }
            if right > center { best = better(best, bounds.choice(right)) }
            if best.share == center { width /= 2 }
        }
        return best
    }

    private static let sweepSteps: Int64 = 16

    /// Of two equal ones the smaller tip.
    private static func better(_ a: TipChoice, _ b: TipChoice) -> TipChoice {
        if a.expectedValue == b.expectedValue { return a.share <= b.share ? a : b }
        return a.expectedValue > b.expectedValue ? a : b
    }

    private struct Bounds {
        /// A basis point of the stake, and what is left over.
        let unit: TokenAmount
        let rest: UInt64
        let gain: Cash
        let costOfLosing: TokenAmount
        let atRisk: BasisPoints
        let odds: WinModel.Odds

        func choice(_ share: Int64) -> TipChoice {
            let chance = odds.chance(tip: share)
            // ⌈stake · share / 10 000⌉.
            let tip = unit * TokenAmount(share) + TokenAmount((rest * UInt64(share) + 9_999) / 10_000)
            let lost = atRisk == .zero ? 0 : atRisk.shareRoundingUp(of: tip)
            return TipChoice(
                share: share, tip: tip, chance: chance,
                expectedValue: .expected(
                    chance, winning: gain - .proceeds(tip),
                    losing: .cost(costOfLosing + lost)))
        }
    }
}

extension Cash {
    /// P · winning + (1 − P) · losing, rounded down against ourselves.
    package static func expected(_ chance: Chance, winning: Cash, losing: Cash) -> Cash {
        chance.share(of: winning) + chance.complement.share(of: losing)
    }
}

extension Chance {
    /// Of a signed sum, rounded down.
    package func share(of money: Cash) -> Cash {
        guard money < .zero else { return .proceeds(share(of: TokenAmount(money.units))) }
        // 1 − P of the magnitude, taken from the whole: −⌈m · P⌉.
        let magnitude = money.units.magnitude
        let rest = complement.share(of: magnitude)
        return Cash(units: -Int128(magnitude - rest))
    }
}
