import Search
import Testing

@Suite struct SearchSpaceTests {
    static let bid = SearchParameter("bid", .continuous(low: 0.05, high: 0.95, isLogarithmic: false), default: 0.5)
    static let gas = SearchParameter("gas", .continuous(low: 0.5, high: 10, isLogarithmic: true), default: 1.5)
    static let tries = SearchParameter("tries", .integer(low: 1, high: 8, isLogarithmic: false), default: 2)
    static let fund = SearchParameter("fund", .choice(["capital", "flash_loan"]), default: 1)

    @Test func `the text of a space says everything about it, and its hash is fixed`() throws {
        let space = try SearchSpace([Self.bid, Self.gas, Self.tries, Self.fund])
        #expect(
            space.text == """
                bid continuous 0.05 0.95 linear default 0.5
                gas continuous 0.5 10.0 logarithmic default 1.5
                tries integer 1 8 linear default 2
                fund choice capital|flash_loan default flash_loan

                """)
        #expect(space.hash == 7053188994746941494)
    }

    @Test func `the hash changes with every name, bound, scale, choice, default and with the order`() throws {
        func one(_ parameter: SearchParameter) throws -> UInt64 { try SearchSpace([parameter]).hash }
        let hashes = try [
            one(Self.bid),
            one(SearchParameter("bids", Self.bid.kind, default: 0.5)),
            one(SearchParameter("bid", Self.bid.kind, default: 0.6)),
            one(SearchParameter("bid", .continuous(low: 0.05, high: 0.96, isLogarithmic: false), default: 0.5)),
            one(SearchParameter("bid", .continuous(low: 0.04, high: 0.95, isLogarithmic: false), default: 0.5)),
            one(SearchParameter("bid", .continuous(low: 0.05, high: 0.95, isLogarithmic: true), default: 0.5)),
            one(Self.fund), one(SearchParameter("fund", .choice(["flash_loan", "capital"]), default: 0)),
            one(SearchParameter("fund", Self.fund.kind, default: 0)),
            SearchSpace([Self.bid, Self.gas]).hash, SearchSpace([Self.gas, Self.bid]).hash,
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(try SearchSpace([Self.bid, Self.gas]).hash == hashes[9])
    }

    static let refused: [(SearchSpaceError, [SearchParameter])] = [
        (SearchSpaceError(.noParameters), []),
        (SearchSpaceError(.repeatedName, "bid"), [bid, bid]),
        (SearchSpaceError(.badName, ""), [SearchParameter("", bid.kind, default: 0.5)]),
        (SearchSpaceError(.badName, "a b"), [SearchParameter("a b", bid.kind, default: 0.5)]),
        (SearchSpaceError(.badName, "a|b"), [SearchParameter("a|b", bid.kind, default: 0.5)]),
        (SearchSpaceError(.defaultOutside, "bid"), [SearchParameter("bid", bid.kind, default: 0.96)]),
        (SearchSpaceError(.defaultOutside, "bid"), [SearchParameter("bid", bid.kind, default: .nan)]),
        (SearchSpaceError(.defaultOutside, "tries"), [SearchParameter("tries", tries.kind, default: 2.5)]),
        (SearchSpaceError(.defaultOutside, "fund"), [SearchParameter("fund", fund.kind, default: 2)]),
        (
            SearchSpaceError(.badBounds, "x"),
            [SearchParameter("x", .continuous(low: 1, high: 1, isLogarithmic: false), default: 1)]
        ),
        (
            SearchSpaceError(.badBounds, "x"),
            [SearchParameter("x", .continuous(low: 1, high: .infinity, isLogarithmic: false), default: 1)]
        ),
        (
            SearchSpaceError(.badBounds, "x"),
            [SearchParameter("x", .continuous(low: .nan, high: 1, isLogarithmic: false), default: 1)]
        ),
        (
            SearchSpaceError(.badBounds, "n"),
            [SearchParameter("n", .integer(low: 0, high: (1 << 53) + 1, isLogarithmic: false), default: 1)]
        ),
        (
            SearchSpaceError(.logarithmOfNothing, "x"),
            [SearchParameter("x", .continuous(low: 0, high: 1, isLogarithmic: true), default: 1)]
        ),
        (
            SearchSpaceError(.logarithmOfNothing, "n"),
            [SearchParameter("n", .integer(low: 0, high: 5, isLogarithmic: true), default: 1)]
        ),
        (SearchSpaceError(.badChoices, "c"), [SearchParameter("c", .choice(["a"]), default: 0)]),
        (SearchSpaceError(.repeatedName, "c"), [SearchParameter("c", .choice(["a", "a"]), default: 0)]),
        (
            SearchSpaceError(.tooManyParameters),
            (0...SearchSpace.parametersMax).map { SearchParameter("x\($0)", bid.kind, default: 0.5) }
        ),
    ]

    @Test(arguments: refused.indices)
    func `a space that is none is refused with the reason and the name`(position: Int) {
        let (reason, parameters) = Self.refused[position]
        #expect(throws: reason) { try SearchSpace(parameters) }
    }

    @Test func `a point is checked value by value`() throws {
        let space = try SearchSpace([Self.bid, Self.tries, Self.fund])
        try space.check(space.defaultPoint)
        try space.check(SpacePoint([0.95, 8, 0]))
        #expect(throws: SearchSpaceError(.wrongCount)) { try space.check(SpacePoint([0.5, 2])) }
        #expect(throws: SearchSpaceError(.valueOutside, "bid")) { try space.check(SpacePoint([0.951, 2, 0])) }
        #expect(throws: SearchSpaceError(.valueOutside, "tries")) { try space.check(SpacePoint([0.5, 2.5, 0])) }
        #expect(throws: SearchSpaceError(.valueOutside, "fund")) { try space.check(SpacePoint([0.5, 2, -1])) }
    }
}
