import Configuration
import Glibc
import Strategy
import Testing

@Suite struct AnnotatedFileTests {
    /// The project's folder, from where this file lies.
    static let path = #filePath.components(before: "/Tests/Adapters/ConfigurationTests/") + "/config/bailiff.toml"

    private func lines() throws -> [Substring] {
        let file = try #require(fopen(Self.path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    }

    @Test func `the annotated file says exactly the defaults`() throws {
        let configuration = try BotConfiguration.load(Self.path)
        #expect(configuration == BotConfiguration())
    }

    @Test func `the annotated file mentions every key`() throws {
        var section = ""
        var mentioned: [String] = []
        for line in try lines() {
            if line.hasPrefix("[") { section = line.dropFirst().dropLast() + "." }
            if let key = line.split(separator: " = ").first, !line.hasPrefix("#"), line.contains(" = ") {
                mentioned.append(section + key)
            }
            if line.contains("(secret_file = ") { mentioned.append("venue.secret_file") }
        }
        #expect(mentioned.sorted() == BotConfiguration.keys.sorted())
    }

    @Test func `the annotated file gives every number's range and every strategy number's unit`() throws {
        let text = try lines().joined(separator: "\n")
        for row in StrategyParameters.table {
            let unit = row.unit.isEmpty ? "" : "Unit: \(row.unit). "
            let note = "\(unit)Allowed: \(row.allowed).\n\(row.name) = "
            #expect(text.contains(note), "\(note)")
        }
    }

    @Test func `an empty file is the defaults`() throws {
        let configuration = try BotConfiguration.decode("", file: "empty.toml")
        #expect(configuration == BotConfiguration())
    }

    @Test func `a file that is missing, a directory or not text is a problem with its name`() {
        let missing = #expect(throws: ConfigurationError.self) { try BotConfiguration.load("/nonexistent.toml") }
        #expect(
            missing?.description
                == "/nonexistent.toml:1: file: found No such file or directory; allowed: a readable file of at most 1 MiB"
        )
        let directory = #expect(throws: ConfigurationError.self) { try BotConfiguration.load("/tmp") }
        #expect(directory?.problems.first?.found == "something that is not a file")
    }
}

extension String {
    fileprivate func components(before marker: String) -> String {
        guard let range = self.firstRange(of: marker) else { return self }
        return String(self[..<range.lowerBound])
    }
}
