import Glibc

extension BotConfiguration {
    /// Reads a file.
    public static func load(_ path: String) throws(ConfigurationError) -> BotConfiguration {
        try decode(text(of: path), file: path)
    }

    static func text(of path: String) throws(ConfigurationError) -> String {
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.read(path, bytesMax: bytesMax) { _ in nil }
        } catch {
            throw unreadable(path, error.found)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw unreadable(path, "bytes that are not UTF-8")
        }
        return text
    }

    public static let bytesMax = 1 << 20

    private static func unreadable(_ path: String, _ found: String) -> ConfigurationError {
        let place = SourcePlace(line: 1, column: 1)
        let problem = ConfigurationProblem(
            place: place, key: "file", found: found, allowed: "a readable file of at most 1 MiB")
        return ConfigurationError(file: path, problems: [problem])
    }
}
