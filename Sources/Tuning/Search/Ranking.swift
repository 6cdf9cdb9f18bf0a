/// The one order of scored points, best first: what a sampler follows and a race keeps.
///
/// 1. Points that keep every requirement, then the others by how much they break in all.
/// 2. One objective: by its score. Several: by Pareto layers, within a layer by what a point adds to the front (area for two
///    objectives, crowding distance for more).
/// 3. Equals stay in the order of the list.
public enum Ranking {
    /// Positions in the list.
    public static func order(_ scored: [ScoredPoint]) -> [Int] {
        let feasible = scored.indices.filter { scored[$0].isFeasible }
        let infeasible = scored.indices.filter { !scored[$0].isFeasible }
        let worst = infeasible.sorted { (scored[$0].totalViolation, $0) < (scored[$1].totalViolation, $1) }
        return ordered(feasible, scored) + worst
    }

    private static func ordered(_ feasible: [Int], _ scored: [ScoredPoint]) -> [Int] {
        guard feasible.contains(where: { scored[$0].scores.count > 1 }) else {
            return feasible.sorted { (scored[$1].score, $0) < (scored[$0].score, $1) }
        }
        let points = feasible.map { scored[$0] }
        return ParetoFront.layers(points).flatMap { layer in
            let rarity =
                points[layer[0]].scores.count == 2
                ? ParetoFront.areas(layer, in: points) : ParetoFront.crowding(layer, in: points)
            let order = layer.indices.sorted { (rarity[$1], $0) < (rarity[$0], $1) }
            return order.map { feasible[layer[$0]] }
        }
    }
}
