import Testing

@testable import Configuration

@Suite struct NumberSectionTests {
    private static let keys = [
        NumberKey(name: "penalty_bps", standard: 800, range: 0...3_000),
        NumberKey(name: "blocks", standard: 240, range: 60...5_000),
    ]

    private func decoded(_ text: String) throws -> [Int64] {
        try NumberSection.decode(text, file: "risk.toml", section: "stress", Self.keys)
    }

    @Test func `what is not said is the default`() throws {
        #expect(try decoded("[stress]\npenalty_bps = 1000\n") == [1_000, 240])
        #expect(try decoded("") == [800, 240])
    }

    @Test(arguments: [
        ("[stress]\npenalti_bps = 1\n", "stress.penalti_bps"), ("[stress]\nblocks = 59\n", "60 to 5000"),
        ("[stres]\nblocks = 100\n", "stres"), ("blocks = 100\n", "blocks"), ("[stress]\nblocks = \"9\"\n", "\"9\""),
    ])
    func `anything else is refused with its name`(text: String, word: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try decoded(text) }
        #expect(error.description.contains(word), "\(error.description)")
    }
}
