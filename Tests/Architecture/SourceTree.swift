import Foundation

/// The checkout as files: what the architecture's rules are checked on.
struct SourceTree {
    struct File {
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// Without comments and string literals, so that prose may name what code may not.
        let code: String
        let imports: [String]

        init(path: String, text: String) {
            self.path = path
            self.text = text
            code = Self.stripped(text)
            imports = Self.imported(text)
        }

        /// By hand and by byte: a regular expression over the whole tree takes half a minute in a debug build.
        private static func stripped(_ text: String) -> String {
            var kept: [UInt8] = []
            var (isString, isComment, last) = (false, false, UInt8(0))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\n") { (isString, isComment) = (false, false) }
                if !isString, byte == UInt8(ascii: "/"), last == byte { isComment = true }
                if !isComment, byte == UInt8(ascii: "\""), last != UInt8(ascii: "\\") { isString.toggle() }
                if !isString, !isComment { kept.append(byte) }
                last = byte
            }
            return String(decoding: kept, as: UTF8.self)
        }

        /// Also by hand, and once: asked of every file for every library.
        private static func imported(_ text: String) -> [String] {
            let access: Set<Substring> = ["package", "public", "internal", "private"]
            return text.split(separator: "\n").filter {
                $0.utf8.first == UInt8(ascii: "i") || $0.utf8.first == UInt8(ascii: "p")
            }
            .compactMap { line in
                var words = line.split(separator: " ")
                if words.first.map(access.contains) == true { words.removeFirst() }
                guard words.count == 2, words[0] == "import" else { return nil }
                return String(words[1])
            }
        }
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file of the sources, read once.
    static let sources: [File] = {
        let base = root.appending(path: "Sources")
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)?.allObjects ?? []
        return found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
            .compactMap { url in
                guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
                return File(path: String(url.path.dropFirst(root.path.count + 1)), text: text)
            }
    }()

    static func files(below folder: String) -> [File] { sources.filter { $0.path.hasPrefix(folder) } }
}

/// The manifest's layers, read from its text: each module with its layer and what it may use.
struct Manifest {
    private(set) var uses: [String: Set<String>] = [:]
    private(set) var layers: [String: String] = [:]

    init() throws {
        let file = SourceTree.root.appending(path: "Package.swift")
        // Line breaks are the formatter's business.
        let text = try String(contentsOf: file, encoding: .utf8).replacing(#/\s+/#, with: " ")
        let core = Self.names(in: text.firstMatch(of: #/let core = \[([^\]]*)\]/#).map { String($0.1) } ?? "")
        let venues = Self.names(in: text.firstMatch(of: #/let venues = \[([^\]]*)\]/#).map { String($0.1) } ?? "")
        var layer = ""
        let token =
            #/Layer\( ?"(\w+)"|\.(?:swift|tool|cxx|system)\( ?"([\w-]+)"(?:, uses: ?(core \+ )?(venues \+ )?\[([^\]]*)\])?/#
        for match in text.matches(of: token) {
            if let name = match.1 { layer = String(name) }
            guard let member = match.2 else { continue }
            layers[String(member)] = layer
            uses[String(member)] = Set(
                Self.names(in: String(match.5 ?? "")) + (match.3 == nil ? [] : core) + (match.4 == nil ? [] : venues))
        }
    }

    private static func names(in list: String) -> [String] { list.matches(of: #/"([\w-]+)"/#).map { String($0.1) } }

    /// Everything that a module can reach.
    func reachable(from module: String) -> Set<String> {
        var found: Set<String> = []
        var next = [module]
        while let current = next.popLast() {
            for used in uses[current] ?? [] where found.insert(used).inserted { next.append(used) }
        }
        return found
    }
}
