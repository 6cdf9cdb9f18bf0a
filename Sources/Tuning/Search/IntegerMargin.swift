import Numerics

/// Keeps whole numbers searchable: the normal distribution of such a coordinate never leaves its neighbours without a chance.
///
/// Rounded samples of a narrow distribution are all the same number, and then nothing can be learnt. So after each generation
/// the mean and the width of a whole coordinate are moved until each side has at least a margin of probability (Hamano et al.,
/// "CMA-ES with margin", 2022; centering and mutation rates as in "CatCMA with margin", 2025). While no neighbour succeeds the
/// rate of trying them falls towards the margin.
struct IntegerMargin: Sendable {
    private static let tiny = 1e-8

    let coordinate: Int
    let parameter: SearchParameter
    let margin: Double
    private var rate = 0.5 - tiny
    private var hasSucceeded = false

    init(coordinate: Int, parameter: SearchParameter, margin: Double) {
        self.coordinate = coordinate
        self.parameter = parameter
        self.margin = margin
    }

    func cell(_ place: Double) -> Double { parameter.wholeNumber(near: place) }

    /// Draws the parents' vectors to the middles of their cells before the mean follows them: those in another cell than the
    /// mean wholly, those in the same one just so far that the mean is not moved by where in a cell they happened to be.
    mutating func center(_ ranked: inout [[Double]], parents: Int, mean: [Double]) {
        let home = cell(mean[coordinate])
        let old = ranked.prefix(parents).map { $0[coordinate] }
        let cells = old.map(cell)
        let pulls = zip(cells, old).map { parameter.place(of: $0) - $1 }
        hasSucceeded = false
        var (bias, upward, downward) = (0.0, 0.0, 0.0)
        for i in 0..<parents {
            if cells[i] != home {
                hasSucceeded = true
                ranked[i][coordinate] = parameter.place(of: cells[i])
                bias += pulls[i]
            } else if pulls[i] > 0 {
                upward += pulls[i]
            } else {
                downward += pulls[i]
            }
        }
        let against = bias > 0 ? downward : upward
        guard bias * against < 0 else { return }
        let share = min(1, -bias / against)
        for i in 0..<parents where cells[i] == home && bias * pulls[i] < 0 {
            ranked[i][coordinate] += share * pulls[i]
        }
    }

    /// Moves the mean and the scale of the coordinate so that the margin holds.
    mutating func hold(_ part: inout NormalPart) {
        let mean = part.mean[coordinate]
        let home = cell(mean)
        if home <= parameter.bounds.lowerBound {
            holdAtEnd(&part, home, threshold: parameter.threshold(above: home))
        } else if home >= parameter.bounds.upperBound {
            holdAtEnd(&part, home, threshold: parameter.threshold(above: home - 1))
        } else {
            holdInside(&part, parameter.threshold(above: home - 1), parameter.threshold(above: home))
        }
    }

    /// The first or the last number has one neighbour: only the mean's distance from the threshold counts.
    private mutating func holdAtEnd(_ part: inout NormalPart, _ home: Double, threshold: Double) {
        let plain = part.deviation(coordinate) / part.scale[coordinate]
        let distance = part.mean[coordinate] - threshold
        var chance = max(Normal.cumulative(-distance.magnitude / part.deviation(coordinate)), margin)
        if !hasSucceeded { chance = min(chance, rate) }
        chance = min(max(chance, Self.tiny), 0.5 - Self.tiny)
        let least = (parameter.place(of: home) - threshold).magnitude / (plain * Self.quantile(margin))
        part.scale[coordinate] = max(part.scale[coordinate], least)
        let away = part.scale[coordinate] * plain * Self.quantile(chance)
        part.mean[coordinate] = distance < 0 ? threshold - away : threshold + away
        rate = chance
    }

    private mutating func holdInside(_ part: inout NormalPart, _ below: Double, _ above: Double) {
        let (mean, deviation) = (part.mean[coordinate], part.deviation(coordinate))
        let plain = deviation / part.scale[coordinate]
        let (rawLow, rawHigh) = (
            Normal.cumulative((below - mean) / deviation), Normal.cumulative((mean - above) / deviation)
        )
        let stayMin = hasSucceeded ? 0 : 1 - rate
        let (low, high) = shared(max(rawLow, margin / 2), max(rawHigh, margin / 2), max(1 - rawLow - rawHigh, stayMin))
        let (toLow, toHigh) = (Self.quantile(low), Self.quantile(high))
        part.scale[coordinate] = (above - below) / ((toLow + toHigh) * plain)
        part.mean[coordinate] = (below * toHigh + above * toLow) / (toLow + toHigh)
        rate = low + high
    }

    /// The chances of the sides, once all three have their least: the excess over 1 is taken from what is above the least.
    private func shared(_ low: Double, _ high: Double, _ middle: Double) -> (low: Double, high: Double) {
        let excess = low + high + middle - 1
        let free = low + high + middle - (hasSucceeded ? 1.5 * margin : margin + 1 - rate)
        guard excess > 0, free > 0 else { return (low, high) }
        func cut(_ chance: Double) -> Double {
            min(max(chance - excess / free * (chance - margin / 2), Self.tiny), 0.5 - Self.tiny)
        }
        return (cut(low), cut(high))
    }

    /// How many deviations out a tail of this chance begins.
    private static func quantile(_ tail: Double) -> Double { -Normal.inverseCumulative(min(tail, 0.5 - tiny)) }
}
