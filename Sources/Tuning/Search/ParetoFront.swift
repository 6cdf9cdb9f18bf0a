/// The points that no other point beats: each is better than any other in something, or equal in everything.
///
/// More is better in every objective. A point that breaks a requirement is beaten by every one that does not, and by one that
/// breaks less; such points are on the front only when nothing is feasible. Order is that of the list, so the front of
/// the same list is the same list.
public struct ParetoFront: Hashable, Sendable {
    /// Positions in the list, rising.
    public let positions: [Int]

    public init(_ scored: [ScoredPoint]) {
        positions = Self.unbeaten(Array(scored.indices), in: scored)
    }

    /// Fronts one behind the other: without the first the second would be the front.
    public static func layers(_ scored: [ScoredPoint]) -> [[Int]] {
        var rest = Array(scored.indices)
        var layers: [[Int]] = []
        while !rest.isEmpty {
            let front = unbeaten(rest, in: scored)
            let taken = Set(front)
            layers.append(front)
            rest.removeAll(where: taken.contains)
        }
        return layers
    }

    /// Whether a is at least as good in everything and better in something.
    public static func beats(_ a: ScoredPoint, _ b: ScoredPoint) -> Bool {
        precondition(a.scores.count == b.scores.count, "Condition: points of one study have the same objectives")
        guard a.isFeasible, b.isFeasible else { return a.totalViolation < b.totalViolation }
        let pairs = zip(a.scores, b.scores)
        return pairs.allSatisfy { $0 >= $1 } && pairs.contains { $0 > $1 }
    }

    private static func unbeaten(_ candidates: [Int], in scored: [ScoredPoint]) -> [Int] {
        candidates.filter { one in !candidates.contains { beats(scored[$0], scored[one]) } }
    }

    /// What each point of one front adds to the area between the front and a corner, for two objectives: more is rarer.
    ///
    /// The corner is the worst of the front in each objective, one range further out, so that the ends count too.
    public static func areas(_ front: [Int], in scored: [ScoredPoint]) -> [Double] {
        let points = front.map { scored[$0].scores }
        precondition(points.allSatisfy { $0.count == 2 }, "Condition: areas are for two objectives")
        let corner = (0..<2).map { objective in
            let own = points.map { $0[objective] }
            let (low, high) = own.reduce((Double.infinity, -Double.infinity)) { (min($0.0, $1), max($0.1, $1)) }
            return low - (high > low ? high - low : 1)
        }
        // Along the first objective from its best; the second rises on the way, or the points are equal.
        let order = points.indices.sorted { (points[$0][0], points[$1][1], $1) > (points[$1][0], points[$0][1], $0) }
        var areas = Array(repeating: 0.0, count: front.count)
        for (place, i) in order.enumerated() {
            let nextFirst = place + 1 < order.count ? points[order[place + 1]][0] : corner[0]
            let lastSecond = place > 0 ? points[order[place - 1]][1] : corner[1]
            areas[i] = (points[i][0] - nextFirst) * (points[i][1] - lastSecond)
        }
        return areas
    }

    /// The distance between a point's neighbours on the front, added over the objectives, each by its range (Deb et al.,
    /// NSGA-II, 2002); the ends are infinitely far. For any number of objectives.
    public static func crowding(_ front: [Int], in scored: [ScoredPoint]) -> [Double] {
        var distances = Array(repeating: 0.0, count: front.count)
        guard let objectives = front.first.map({ scored[$0].scores.count }) else { return [] }
        for objective in 0..<objectives {
            let own = front.map { scored[$0].scores[objective] }
            let order = own.indices.sorted { (own[$0], $0) < (own[$1], $1) }
            let range = own[order[order.count - 1]] - own[order[0]]
            distances[order[0]] = .infinity
            distances[order[order.count - 1]] = .infinity
            guard range > 0, range.isFinite, order.count > 2 else { continue }
            for place in 1..<(order.count - 1) {
                distances[order[place]] += (own[order[place + 1]] - own[order[place - 1]]) / range
            }
        }
        return distances
    }
}
