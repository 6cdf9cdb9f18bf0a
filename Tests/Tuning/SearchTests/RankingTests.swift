import Search
import Testing

@Suite struct RankingTests {
    private func points(_ rows: [([Double], [Double])]) -> [ScoredPoint] {
        rows.enumerated().map { ScoredPoint(SpacePoint([Double($0)]), scores: $1.0, violations: $1.1) }
    }

    @Test func `the best come first, what breaks a requirement last, equals in their order`() {
        let scored = points([
            ([1], [0]), ([5], [0.1]), ([3], [-2]), ([3], []), ([9], [0.05, 0.06]), ([9], [0.2, -7]), ([.nan], []),
        ])
        #expect(Ranking.order(scored) == [2, 3, 0, 6, 1, 4, 5])
        #expect(Ranking.order([]) == [])
    }

    @Test func `a requirement that is not a number is broken without end`() {
        let scored = points([([9], [.nan]), ([1], [5])])
        #expect(Ranking.order(scored) == [1, 0])
    }

    /// Two objectives: front 0, 1, 2, 5; behind it 3, then 4.
    static let two: [([Double], [Double])] = [
        ([10, 0], []), ([0, 10], []), ([6, 6], []), ([5, 5], []), ([1, 1], []), ([6.5, 5.9], []), ([20, 20], [1]),
    ]

    @Test func `layers lie behind each other and the broken behind all`() {
        #expect(ParetoFront(points(Self.two)).positions == [0, 1, 2, 5])
        #expect(ParetoFront.layers(points(Self.two)) == [[0, 1, 2, 5], [3], [4], [6]])
        // The ends of the front stand alone, the two in the middle near each other.
        let order = Ranking.order(points(Self.two))
        #expect(Set(order.prefix(2)) == [0, 1] && Set(order[2...3]) == [2, 5] && Array(order.suffix(3)) == [3, 4, 6])
    }

    @Test func `when nothing keeps the requirements the front is what breaks them least`() {
        let scored = points([([1, 1], [3]), ([5, 5], [2]), ([0, 0], [2])])
        #expect(ParetoFront(scored).positions == [1, 2])
    }

    @Test func `points that are equal in everything are all on the front`() {
        let scored = points([([1, 2], []), ([1, 2], []), ([2, 1], [])])
        #expect(ParetoFront(scored).positions == [0, 1, 2])
        #expect(ParetoFront.areas([0, 1, 2], in: scored).filter { $0 == 0 }.count >= 1, "twins add nothing")
    }

    /// By hand: corner (−10, −10), from the right (10, 0), (6.5, 5.9), (6, 6), (0, 10).
    @Test func `what a point adds to the front is an area`() {
        let areas = ParetoFront.areas([0, 1, 2, 5], in: points(Self.two))
        let wanted = [(10 - 6.5) * 10, 10.0 * 4, 6 * (6 - 5.9), 0.5 * 5.9]
        for (area, right) in zip(areas, wanted) { #expect((area - right).magnitude < 1e-12, "\(areas)") }
    }

    @Test func `the front is what no point beats, for random points of three objectives`() {
        for seed in 0..<20 as Range<UInt64> {
            var random = StudyRandom(seed: seed, .evaluation)
            let scored = (0..<40).map { number in
                ScoredPoint(
                    SpacePoint([Double(number)]), scores: (0..<3).map { _ in (random.fraction() * 6).rounded() },
                    violations: [random.fraction() - 0.8])
            }
            let front = Set(ParetoFront(scored).positions)
            for (position, one) in scored.enumerated() {
                let isBeaten = scored.contains { other in
                    one.isFeasible
                        ? other.isFeasible && other.scores != one.scores
                            && zip(other.scores, one.scores).allSatisfy { $0 >= $1 }
                        : other.isFeasible || other.totalViolation < one.totalViolation
                }
                #expect(front.contains(position) == !isBeaten, "seed \(seed), \(position)")
            }
            let order = Ranking.order(scored)
            #expect(order.sorted() == Array(scored.indices) && front.contains(order[0]), "seed \(seed)")
            #expect(Set(order.prefix(front.count)) == front, "seed \(seed)")
        }
    }

    @Test func `crowding counts the neighbours' distance and never loses the ends`() {
        let scored = points([([0, 4, 1], []), ([1, 3, 1], []), ([3, 1, 1], []), ([4, 0, 1], [])])
        #expect(ParetoFront.crowding([0, 1, 2, 3], in: scored) == [.infinity, 1.5, 1.5, .infinity])
    }
}
