/// What texts are allowed: one rule and one sentence each.
enum ConfigurationText {
    static let nameAllowed = "1 to 64 printable ASCII characters without blanks, quotes or backslashes"

    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    static let pathAllowed = "a path of 1 to 1024 bytes"

    static func isPath(_ text: String) -> Bool { (1...1_024).contains(text.utf8.count) && !text.utf8.contains(0) }

    static let variableAllowed = "the name of an environment variable: letters, digits and underscores"

    static func isVariable(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.first.map(isDigit) == false
            && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") }
    }

    static let attestorAllowed = "market:ed25519:<64 digits> or market:secp256k1:<66 digits>, in hexadecimal"

    static func attestor(_ text: String) -> BotConfiguration.Attestor? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, isName(parts[0]), let digits = ["ed25519": 64, "secp256k1": 66][parts[1]] else {
            return nil
        }
        guard parts[2].utf8.count == digits, parts[2].allSatisfy(\.isHexDigit) else { return nil }
        return BotConfiguration.Attestor(market: parts[0], key: parts[1] + ":" + parts[2])
    }

    static let endpointAllowed = "tcp://host:port or ipc://path"

    static func isEndpoint(_ text: String) -> Bool {
        if text.hasPrefix("ipc://") { return text.utf8.count > 6 && text.utf8.count <= 100 }
        guard text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":") else { return false }
        let host = text[text.index(text.startIndex, offsetBy: 6)..<max(colon, text.index(text.startIndex, offsetBy: 6))]
        return !host.isEmpty && host.utf8.allSatisfy(isHostCharacter) && isPort(text[text.index(after: colon)...])
    }

    /// Letters, digits, and what names and bracketed addresses need.
    static func isHostCharacter(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || "-._:[]".utf8.contains(byte)
    }

    static func isPort(_ text: some StringProtocol) -> Bool {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy(isDigit), let port = Int(text) else {
            return false
        }
        return (1...65_535).contains(port)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
}
