/// Finds the key that was probably meant.
enum KeySpelling {
    /// `feed` of `feed.topics`; `nil` at the top.
    static func parent(of key: String) -> String? {
        key.lastIndex(of: ".").map { String(key[..<$0]) }
    }

    /// The closest key, if it is close: a third of the letters may differ, or the section is another.
    static func nearest(to key: String, among keys: [String]) -> String? {
        let last = key.split(separator: ".").last.map(String.init) ?? key
        if let moved = keys.first(where: { $0.split(separator: ".").last.map(String.init) == last }) { return moved }
        let best = keys.map { (distance: distance(key, $0), key: $0) }.min { $0.distance < $1.distance }
        guard let best, best.distance * 3 <= key.utf8.count else { return nil }
        return best.key
    }

    /// Levenshtein's: insertions, deletions and replacements from one to the other, of at most 64 bytes each.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8.prefix(lengthMax)), Array(b.utf8.prefix(lengthMax)))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }

    static let lengthMax = 64
}
