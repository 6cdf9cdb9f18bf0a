/// Takes typed values out of a document, and notes whatever is wrong on the way: reading goes on with the default, so
/// that every problem is found at once.
///
/// A key that nobody asked for is unknown.
struct ConfigurationReader {
    private let entries: [TOMLDocument.Entry]
    private let positions: [String: Int]
    private(set) var problems: [ConfigurationProblem] = []
    /// Every key that was asked for, in the order of asking.
    private(set) var keys: [String] = []

    init(_ document: TOMLDocument) {
        entries = document.entries
        // The parser refuses a key that is given twice.
        positions = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.path, $0) })
    }

    /// The value of a key as `convert` makes it, the default where there is none, and a problem where it makes none.
    mutating func value<T>(
        _ key: String, default fallback: T, allowed: @autoclosure () -> String,
        _ convert: (TOMLDocument.Value) -> T?
    ) -> T {
        keys.append(key)
        guard let entry = entry(key) else { return fallback }
        if let value = convert(entry.value) { return value }
        report(key, found: entry.value.found, allowed: allowed())
        return fallback
    }

    mutating func integer(_ key: String, default fallback: Int64, in range: ClosedRange<Int64>) -> Int64 {
        value(key, default: fallback, allowed: "an integer from \(range.lowerBound) to \(range.upperBound)") { value in
            guard case .integer(let number) = value, range.contains(number) else { return nil }
            return number
        }
    }

    mutating func boolean(_ key: String, default fallback: Bool) -> Bool {
        value(key, default: fallback, allowed: "true or false") { value in
            guard case .boolean(let flag) = value else { return nil }
            return flag
        }
    }

    mutating func string(
        _ key: String, default fallback: String, allowed: String, where isAllowed: (String) -> Bool
    ) -> String {
        value(key, default: fallback, allowed: allowed) { value in
            guard case .string(let text) = value, isAllowed(text) else { return nil }
            return text
        }
    }

    /// An array of strings, with at least one element unless none is allowed; each element that is wrong is its own problem.
    mutating func strings(
        _ key: String, default fallback: [String], countMin: Int = 1, countMax: Int, allowed: String,
        where isAllowed: (String) -> Bool
    ) -> [String] {
        let count = value(key, default: 0, allowed: "an array of \(countMin) to \(countMax) strings") { value -> Int? in
            guard case .array(let count) = value, (countMin...countMax).contains(count) else { return nil }
            return count
        }
        guard count > 0 else { return fallback }
        var texts: [String] = []
        for index in 0..<count {
            let element = "\(key)[\(index)]"
            guard let entry = entry(element) else { preconditionFailure("Invariant: arrays are listed in full") }
            if case .string(let text) = entry.value, isAllowed(text) {
                texts.append(text)
            } else {
                report(element, found: entry.value.found, allowed: allowed)
            }
        }
        return texts.count == count ? texts : fallback
    }

    /// An array of so many integers; `nil` where it is absent or wrong, and each that is wrong is its own problem.
    mutating func integers(_ key: String, count: Int, in range: ClosedRange<Int64>) -> [Int64]? {
        let found = value(key, default: 0, allowed: "an array of \(count) integers") { value -> Int? in
            guard case .array(let found) = value, found == count else { return nil }
            return found
        }
        let numbers = (0..<found).compactMap { index -> Int64? in
            guard let value = entry("\(key)[\(index)]")?.value else { return nil }
            if case .integer(let number) = value, range.contains(number) { return number }
            report(
                "\(key)[\(index)]", found: value.found,
                allowed: "an integer from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return numbers.count == count ? numbers : nil
    }

    /// An array of tables, each read by `read` at its path; a key of a table that is none of `keys` is unknown.
    mutating func tables<T>(
        _ key: String, countMax: Int, keys names: [String], _ read: (inout ConfigurationReader, String) -> T
    ) -> [T] {
        let count = value(key, default: 0, allowed: "an array of at most \(countMax) tables") { value -> Int? in
            guard case .array(let count) = value, count <= countMax else { return nil }
            return count
        }
        var found: [T] = []
        for index in 0..<count {
            let path = "\(key)[\(index)]"
            guard let table = entry(path) else { preconditionFailure("Invariant: arrays are listed in full") }
            guard table.value == .table else {
                report(path, found: table.value.found, allowed: "a table of \(names.joined(separator: ", "))")
                continue
            }
            for other in entries where other.path.hasPrefix(path + ".") {
                let name = String(other.path.dropFirst(path.utf8.count + 1))
                if !names.contains(name) {
                    report(other.path, found: "an unknown key", allowed: names.joined(separator: ", "))
                }
            }
            // What is asked for within a table is no key of the annotated file.
            let before = keys.count
            found.append(read(&self, path))
            keys.removeLast(keys.count - before)
        }
        return found
    }

    /// A key that must be given.
    mutating func needed(_ key: String, allowed: String) {
        guard !isGiven(key) else { return }
        let parent = KeySpelling.parent(of: key).flatMap { entry($0)?.place }
        problems.append(
            ConfigurationProblem(
                place: parent ?? SourcePlace(line: 1, column: 1), key: key, found: "nothing", allowed: allowed))
    }

    func isGiven(_ key: String) -> Bool { positions[key] != nil }

    /// Notes a problem at a key that is given.
    mutating func report(_ key: String, found: String, allowed: String) {
        let place = entry(key)?.place ?? SourcePlace(line: 1, column: 1)
        problems.append(ConfigurationProblem(place: place, key: key, found: found, allowed: allowed))
    }

    /// Notes every key that was not asked for; of an unknown table only the table.
    mutating func reportUnknownKeys() {
        let sections = Set(keys.compactMap { KeySpelling.parent(of: $0) })
        var unknownTables: [String] = []
        for entry in entries where !isKnown(entry.path, sections) {
            if unknownTables.contains(where: { entry.path.hasPrefix($0) }) { continue }
            unknownTables += [entry.path + ".", entry.path + "["]
            let nearest = KeySpelling.nearest(to: entry.path, among: keys + sections.sorted())
            report(
                entry.path, found: "an unknown key",
                allowed: nearest.map { "did you mean \($0)?" } ?? "keys of config/bailiff.toml")
        }
        for section in sections.sorted() {
            guard let entry = entry(section), entry.value != .table else { continue }
            report(section, found: entry.value.found, allowed: "a table")
        }
    }

    private func isKnown(_ path: String, _ sections: Set<String>) -> Bool {
        let key = path.firstIndex(of: "[").map { String(path[..<$0]) } ?? path
        return sections.contains(key) || keys.contains(key)
    }

    private func entry(_ key: String) -> TOMLDocument.Entry? { positions[key].map { entries[$0] } }
}
