import Foundation
import Testing

@testable import Episodes

/// A directory of its own, gone when the test ends.
struct ScratchDirectory: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("episodes-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record("left behind: \(path)") }
    }

    /// Replaces the first occurrence of a text in a file.
    func alter(_ file: String, _ text: String, _ replacement: String) throws {
        let path = "\(path)/\(file)"
        let before = try String(contentsOfFile: path, encoding: .utf8)
        let range = try #require(before.range(of: text))
        try before.replacingCharacters(in: range, with: replacement)
            .write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// A table as if it had been read from a file of this name.
func table(_ text: String, _ columns: [String], file: String = "f.csv") throws -> CSVTable {
    try CSVTable(Array((columns.joined(separator: ",") + "\n" + text).utf8), file: file, columns: columns)
}

/// The fault that a piece of work throws.
func fault(of work: () throws -> Void) -> SourceFault? {
    do {
        try work()
        return nil
    } catch {
        return error as? SourceFault
    }
}
