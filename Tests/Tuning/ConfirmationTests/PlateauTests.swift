import Confirmation
import Search
import Testing

@Suite struct PlateauTests {
    private static func space() throws -> SearchSpace {
        try SearchSpace([
            SearchParameter("x", .continuous(low: 0, high: 10, isLogarithmic: false), default: 0),
            SearchParameter("y", .continuous(low: 1, high: 100, isLogarithmic: true), default: 1),
            SearchParameter("n", .integer(low: 1, high: 9, isLogarithmic: false), default: 1),
            SearchParameter("c", .choice(["a", "b"]), default: 0),
        ])
    }

    @Test func `neighbours are one step away, and stay inside`() throws {
        let space = try Self.space()
        let found = PlateauCheck.neighbours(of: SpacePoint([5, 10, 9, 1]), in: space)
        #expect(found.map(\.parameter) == [0, 0, 1, 1, 2])
        #expect(found[0].point == SpacePoint([4.5, 10, 9, 1]) && found[1].point[0] == 5.5)
        // A twentieth of two decades is a tenth of one.
        #expect((found[2].point[1] - 7.943_282).magnitude < 1e-5 && (found[3].point[1] - 12.589_254).magnitude < 1e-5)
        #expect(found[4].point == SpacePoint([5, 10, 8, 1]))
        for neighbour in PlateauCheck.neighbours(of: space.defaultPoint, in: space) { try space.check(neighbour.point) }
        #expect(PlateauCheck.neighbours(of: space.defaultPoint, in: space).count == 3)
    }

    @Test func `a needle is seen by its side, a plateau by all of them`() throws {
        let space = try Self.space()
        let top = SpacePoint([5, 10, 5, 0])
        func check(_ score: (SpacePoint) -> Double?) -> PlateauCheck {
            PlateauCheck(top, in: space, candidateScore: 20, defaultScore: 10, score: score)
        }
        let plateau = check { 20 - ($0[0] - 5) * ($0[0] - 5) }
        #expect(plateau.sides.count == 6 && (plateau.keptShareMin - 0.975).magnitude < 1e-12)
        let needle = check { $0[2] == 5 ? 20 : 8 }
        #expect(needle.keptShareMin == -0.2)
        #expect(needle.sides.filter { $0.keptShare < 0.5 }.map(\.parameter) == ["n", "n"])
        let partly = check { $0[2] == 5 ? nil : 15 }
        #expect(partly.sides.count == 2 && partly.keptShareMin == 0.5)
    }
}
