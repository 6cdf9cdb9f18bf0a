import Units

/// Rivals as distributions: how many, what they would pay at most, and how fast they are.
///
/// All rivals are alike and decide by themselves. Tips and reservations are shares of the stake (the profit before tip of
/// whoever bids), in basis points; latencies are microseconds from the message that everybody saw to the venue's door.
public struct RivalModel: Equatable, Sendable {
    public var count: UInt32
    /// What a rival would pay at most.
    public var reservation: Quantiles
    /// What it offers at first, as a share of what it would pay at most; who reacts goes up to all of it.
    public var openingBasisPoints: UInt32
    /// Whether a rival that sees our tip in the public pool answers it in time.
    public var reaction: Chance
    public var latency: Quantiles
    /// Our own.
    public var ownLatency: Quantiles

    public static let countMax: UInt32 = 256

    public init(
        count: UInt32, reservation: Quantiles, openingBasisPoints: UInt32 = 10_000, reaction: Chance = .none,
        latency: Quantiles, ownLatency: Quantiles
    ) {
        precondition(count <= Self.countMax && openingBasisPoints <= 10_000, "Condition: a model within its bounds")
        self.count = count
        self.reservation = reservation
        self.openingBasisPoints = openingBasisPoints
        self.reaction = reaction
        self.latency = latency
        self.ownLatency = ownLatency
    }

    /// The chance to be executed with a tip of so many basis points of the stake.
    public func chance(tip: Int64, in contest: Contest) -> Chance { chance(tip: tip, timing(in: contest)) }

    /// What does not depend on the tip, for asking about many tips.
    func timing(in contest: Contest) -> Timing {
        let window = Self.microseconds(contest)
        return contest.rule == .firstCome
            ? Timing(rule: .firstCome, own: first(in: contest), rival: .none)
            : Timing(
                rule: contest.rule, own: ownLatency.chance(below: window), rival: latency.chance(below: window))
    }

    func chance(tip: Int64, _ timing: Timing) -> Chance {
        switch timing.rule {
        case .sealedBid: timing.own.and(beats(chanceBelow(tip), timing).power(count))
        case .priorityGas: timing.own.and(beats(lowerThoughRaising(tip), timing).power(count))
        case .firstCome: timing.own
        }
    }

    /// `chance(tip:)` in doubles: for searching, never for an amount.
    func approximateChance(tip: Int64, _ timing: Timing) -> Double {
        let own = timing.own.approximate
        guard timing.rule != .firstCome else { return own }
        var lower = reservation.approximateChance(below: tip)
        if timing.rule == .priorityGas {
            let opening = Int64(openingBasisPoints)
            let unseen =
                opening == 0 ? 1 : reservation.approximateChance(below: (tip * 10_000 + opening - 1) / opening)
            lower = min(reaction.approximate * lower + (1 - reaction.approximate) * unseen, 1)
        }
        let (rival, beaten) = (timing.rival.approximate, 1 - lower)
        var (result, square, left) = (own, 1 - rival * beaten, count)
        while left > 0 {
            if left & 1 == 1 { result *= square }
            square *= square
            left >>= 1
        }
        return result
    }

    /// Who arrives before the block is closed; of `firstCome` whether we are the first.
    struct Timing {
        var rule: ContestRule
        var own: Chance
        var rival: Chance
    }

    /// Where the chance bends: just above what a sixteenth of the rivals open with.
    func corner(_ position: Int) -> Int64 {
        reservation.knot(position) * Int64(openingBasisPoints) / 10_000 + 1
    }

    /// A rival opens lower, but may see our tip and raise.
    private func lowerThoughRaising(_ tip: Int64) -> Chance {
        let opening = Int64(openingBasisPoints)
        // What it would pay at most is below tip / opening where what it offers is below the tip.
        let unseen = opening == 0 ? Chance.certain : chanceBelow((tip * 10_000 + opening - 1) / opening)
        return reaction.and(chanceBelow(tip)).or(reaction.complement.and(unseen))
    }

    private func chanceBelow(_ tip: Int64) -> Chance { reservation.chance(below: tip) }

    /// A rival that is too late, or would not go so high.
    private func beats(_ lower: Chance, _ timing: Timing) -> Chance {
        timing.rival.and(lower.complement).complement
    }

    /// Before every rival: over the sixteenths of our own latency.
    private func first(in contest: Contest) -> Chance {
        var sum: UInt128 = 0
        for step in 0..<Quantiles.steps {
            let own = ownLatency.middle(of: step)
            guard own < Self.microseconds(contest) else { continue }
            sum += UInt128(latency.chance(below: own).complement.power(count).parts)
        }
        return Chance(parts: UInt64(sum / UInt128(Quantiles.steps)))
    }

    private static func microseconds(_ contest: Contest) -> Int64 { contest.timeLeft.nanoseconds / 1_000 }
}
