public import Units

/// The tip that maximises what a bid is expected to be worth:
///
///     P(win | tip) · (gain − tip) − (1 − P) · cost of losing
///
/// Tips are whole basis points of the stake. A coarse sweep and the model's own corners find the best region, halving steps the
/// best point in it, so a value that rises and falls more than once is searched as well as one that does not.
public struct TipChoice: Equatable, Sendable {
    /// Basis points of the stake.
    public var share: Int64
    public var tip: TokenAmount
    public var chance: Chance
    public var expectedValue: Cash

    /// - Parameters:
    ///   - stake: what shares are shares of: the profit before tip that everybody can see.
    ///   - gain: our own profit before tip.
    ///   - costOfLosing: what a failed attempt costs; nothing in a sealed auction.
    ///   - atRisk: the part of the tip that a failed attempt pays as well; nothing in a sealed auction.
    ///   - shareMax: basis points of the stake, at most the whole.
    public static func best(
        stake: TokenAmount, gain: Cash, costOfLosing: TokenAmount, atRisk: BasisPoints = .zero,
        shareMax: BasisPoints, _ model: WinModel, in contest: Contest
    ) -> TipChoice {
        precondition(shareMax <= .whole, "Condition: a tip is at most the stake")
        let question = Question(
            unit: stake / 10_000, rest: UInt64(stake % 10_000), gain: gain, costOfLosing: costOfLosing, atRisk: atRisk,
            limit: Int64(shareMax.count), stake: stake.approximate,
            profit: gain < .zero ? -gain.units.magnitude.approximate : gain.units.magnitude.approximate)
        // One search for each form: a model is half a kilobyte, too much to take out of its enum at every tip.
        switch model {
        case .always: return best(question, ConstantOdds(chance: .certain))
        case .table(let table): return best(question, table)
        case .rivals(let rivals):
            let timing = rivals.timing(in: contest)
            // Who is first does not depend on tips.
            return contest.rule == .firstCome
                ? best(question, ConstantOdds(chance: timing.own))
                : best(question, RivalOdds(model: rivals, timing: timing))
        }
    }

    /// The search is in doubles; what it points at is worked out in integers, with the shares next to it.
    private static func best(_ question: Question, _ odds: borrowing some TipOdds) -> TipChoice {
        let limit = question.limit
        var found = question.outline(0, odds)
        for step in 1...sweepSteps { found = better(found, question.outline(limit * step / sweepSteps, odds)) }
        for corner in 0..<odds.cornerCount {
            found = better(found, question.outline(min(max(odds.corner(corner), 0), limit), odds))
        }
        var width = limit / sweepSteps
        while width > 0 {
            let (center, left, right) = (found.share, max(found.share - width, 0), min(found.share + width, limit))
            if left < center { found = better(found, question.outline(left, odds)) }
            if right > center { found = better(found, question.outline(right, odds)) }
            if found.share == center { width /= 2 }
        }
        let choice = question.choice(found.share, odds)
        let below = question.choice(max(found.share - 1, 0), odds)
        return better(better(choice, below), question.choice(min(found.share + 1, limit), odds))
    }

    private static let sweepSteps: Int64 = 16

    private static func better(_ a: Outline, _ b: Outline) -> Outline {
        if a.value == b.value { return a.share <= b.share ? a : b }
        return a.value > b.value ? a : b
    }

    /// Of two equal ones the smaller tip.
    private static func better(_ a: TipChoice, _ b: TipChoice) -> TipChoice {
        if a.expectedValue == b.expectedValue { return a.share <= b.share ? a : b }
        return a.expectedValue > b.expectedValue ? a : b
    }

    private struct Outline {
        var share: Int64
        var value: Double
    }

    private struct Question {
        /// A basis point of the stake, and what is left over.
        let unit: TokenAmount
        let rest: UInt64
        let gain: Cash
        let costOfLosing: TokenAmount
        let atRisk: BasisPoints
        /// The largest share.
        let limit: Int64
        /// In doubles.
        let stake: Double
        let profit: Double

        func outline(_ share: Int64, _ odds: borrowing some TipOdds) -> Outline {
            let chance = odds.approximateChance(tip: share)
            let tip = stake * Double(share) * 1e-4
            let lost = costOfLosing.approximate + tip * Double(atRisk.count) * 1e-4
            return Outline(share: share, value: chance * (profit - tip) - (1 - chance) * lost)
        }

        func choice(_ share: Int64, _ odds: borrowing some TipOdds) -> TipChoice {
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
    public static func expected(_ chance: Chance, winning: Cash, losing: Cash) -> Cash {
        chance.share(of: winning) + chance.complement.share(of: losing)
    }
}

extension Chance {
    /// Of a signed sum, rounded down.
    public func share(of money: Cash) -> Cash {
        guard money < .zero else { return .proceeds(share(of: TokenAmount(money.units))) }
        // 1 − P of the magnitude, taken from the whole: −⌈m · P⌉.
        let magnitude = money.units.magnitude
        let rest = complement.share(of: magnitude)
        return Cash(units: -Int128(magnitude - rest))
    }
}
