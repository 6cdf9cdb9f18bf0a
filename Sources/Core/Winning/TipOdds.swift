/// The chance to win by tip in one contest, for asking about many tips.
protocol TipOdds {
    /// - Parameter tip: basis points of the stake.
    func chance(tip: Int64) -> Chance
    /// The same but for rounding, in a fraction of the time: for searching.
    func approximateChance(tip: Int64) -> Double
    /// Tips at which the chance bends: the best tip is often one of them, or next to one.
    var cornerCount: Int { get }
    func corner(_ position: Int) -> Int64
}

/// Where the tip does not matter.
struct ConstantOdds: TipOdds {
    let chance: Chance

    func chance(tip: Int64) -> Chance { chance }
    func approximateChance(tip: Int64) -> Double { chance.approximate }
    var cornerCount: Int { 0 }
    func corner(_ position: Int) -> Int64 { 0 }
}

/// Rivals in a contest whose timing is known.
struct RivalOdds: TipOdds {
    let model: RivalModel
    let timing: RivalModel.Timing

    func chance(tip: Int64) -> Chance { model.chance(tip: tip, timing) }
    func approximateChance(tip: Int64) -> Double { model.approximateChance(tip: tip, timing) }
    var cornerCount: Int { Quantiles.steps + 1 }
    func corner(_ position: Int) -> Int64 { model.corner(position) }
}

extension WinTable: TipOdds {
    func approximateChance(tip: Int64) -> Double { chance(tip: tip).approximate }
    var cornerCount: Int { Self.binCount }
    func corner(_ position: Int) -> Int64 { Int64(position) * Self.binWidth + Self.binWidth / 2 }
}
