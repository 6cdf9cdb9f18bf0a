import Foundation

/// Finds keys of a JSON text that its reader passed over: those that are not there when what was read is written again.
///
/// A misspelt key would otherwise be taken for a default, silently. A key whose value is null counts as absent.
enum StrayKey {
    static func refuse(in given: Data, knowing read: Data, file: String) throws {
        let (given, read) = (
            try JSONSerialization.jsonObject(with: given), try JSONSerialization.jsonObject(with: read)
        )
        guard let (path, allowed) = first(given, read, []) else { return }
        throw CaseProblem.failure(file, path, "a key that nothing reads", "here: \(allowed.joined(separator: ", "))")
    }

    /// The first in the order of the names, with those that were read beside it.
    private static func first(_ given: Any, _ read: Any, _ path: [String]) -> (path: [String], allowed: [String])? {
        if let given = given as? [String: Any], let read = read as? [String: Any] {
            for (key, value) in given.sorted(by: { $0.key < $1.key }) where !(value is NSNull) {
                guard let known = read[key] else { return (path + [key], read.keys.sorted()) }
                if let found = first(value, known, path + [key]) { return found }
            }
        }
        if let given = given as? [Any], let read = read as? [Any] {
            for (index, pair) in zip(given, read).enumerated() {
                if let found = first(pair.0, pair.1, path + ["[\(index)]"]) { return found }
            }
        }
        return nil
    }
}
