import Configuration
import Foundation
import Strategy
import Testing

@Suite struct StrategyFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "config/strategies").path

    @Test(arguments: ["default", "careful", "competitive"])
    func `a strategy in the folder loads, and has every key with its range`(name: String) throws {
        let path = "\(Self.folder)/\(name).toml"
        let loaded = try StrategyParameters.load(path)
        #expect((loaded == StrategyParameters()) == (name == "default"))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for row in StrategyParameters.table { #expect(text.contains("Allowed: \(row.allowed).\n\(row.name) = ")) }
    }

    @Test func `a configuration's own keys go on top of its strategy's, which is found beside it`() throws {
        let file = "\(Self.folder)/../bot.toml"
        let configuration = try BotConfiguration.decode(
            "[strategy]\nfile = \"strategies/careful.toml\"\nopen_intents_max = 9", file: file)
        var expected = try StrategyParameters.load("\(Self.folder)/careful.toml")
        #expect(expected.openIntentsMax != 9)
        expected.openIntentsMax = 9
        #expect(configuration.strategy == expected)
    }

    @Test func `an unknown key names the strategy's file, and so does a file that is not there`() {
        let unknown = #expect(throws: ConfigurationError.self) {
            try StrategyParameters.decode("two_steps = true", file: "s.toml")
        }
        #expect(unknown?.description == "s.toml:1: two_steps: found an unknown key; allowed: did you mean two_step?")
        let missing = #expect(throws: ConfigurationError.self) {
            try BotConfiguration.decode("strategy.file = \"/nonexistent.toml\"", file: "t")
        }
        #expect(missing?.file == "/nonexistent.toml")
    }
}
