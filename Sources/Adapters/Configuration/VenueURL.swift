/// Which addresses a signed request may go to: anything over TLS, this machine without.
enum VenueURL {
    static let allowed = "https://host[:port][/path], or http:// with a loopback host"

    static func isAllowed(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        guard text.utf8.count <= lengthMax, isPath(rest.dropFirst(authority.count)), let host = host(authority)
        else { return false }
        return scheme == "https://" || isLoopback(host)
    }

    static let lengthMax = 1_024

    /// The host, when host and port are well formed.
    ///
    /// A user name has no place here: it could pass for a host.
    private static func host(_ authority: Substring) -> Substring? {
        var host = authority
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            host = authority[...bracket]
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
        }
        let port = authority.dropFirst(host.count)
        guard !host.isEmpty, host.utf8.allSatisfy(ConfigurationText.isHostCharacter) else { return nil }
        return port.isEmpty || (port.hasPrefix(":") && ConfigurationText.isPort(port.dropFirst())) ? host : nil
    }

    /// Printable, without query or fragment: the client appends its own path.
    private static func isPath(_ path: Substring) -> Bool {
        path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    }

    /// `localhost`, `[::1]`, or four numbers that begin with 127: a name that merely begins so is somebody else's.
    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
