import Search

/// A small study: generations of a sampler scored by a function, up to a budget of points.
struct SearchStudy {
    private(set) var generations: [[ScoredPoint]] = []
    private(set) var sampler: any Sampler

    /// The generation that the sampler asked for last, before the budget cut it.
    private(set) var lastAsked: [SpacePoint] = []

    var trials: [ScoredPoint] { generations.flatMap(\.self) }
    /// The first of the best.
    var best: ScoredPoint { trials[Ranking.order(trials)[0]] }

    init(_ sampler: any Sampler, budget: Int, _ score: (SpacePoint, Int) -> ScoredPoint) {
        self.sampler = sampler
        var left = budget
        while left > 0 {
            lastAsked = self.sampler.ask()
            let points = lastAsked.prefix(left)
            guard !points.isEmpty else { return }
            let scored = points.map { score($0, generations.count) }
            generations.append(scored)
            left -= points.count
            if left > 0 { self.sampler.tell(scored) }
        }
    }

    init(_ sampler: any Sampler, budget: Int, _ score: (SpacePoint) -> Double) {
        self.init(sampler, budget: budget) { point, _ in ScoredPoint(point, score: score(point)) }
    }
}

enum Spaces {
    static func continuous(_ count: Int, default value: Double = 3) throws -> SearchSpace {
        try SearchSpace(
            (0..<count).map {
                SearchParameter("x\($0)", .continuous(low: -5, high: 5, isLogarithmic: false), default: value)
            })
    }

    static func mixed(continuous: Int, integers: Int, choices: Int, names: Int = 4) throws -> SearchSpace {
        let all = ["a", "b", "c", "d", "e", "f"]
        return try SearchSpace(
            (0..<continuous).map {
                SearchParameter("x\($0)", .continuous(low: -5, high: 5, isLogarithmic: false), default: 3)
            }
                + (0..<integers).map {
                    SearchParameter("n\($0)", .integer(low: -10, high: 10, isLogarithmic: false), default: 6)
                }
                + (0..<choices).map { SearchParameter("c\($0)", .choice(Array(all.prefix(names))), default: 0) })
    }
}
