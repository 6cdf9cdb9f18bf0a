import Console
import Foundation

/// A tape and the stretch of it that counts: `FILE`, `FILE@..TO`, `FILE@FROM..` or `FILE@FROM..TO`.
///
/// A tape is played from its beginning, so that accounts and prices are there; what happens before FROM is not scored, and nothing
/// after TO is played.
struct TapeSlice {
    let path: String
    let range: ClosedRange<UInt64>
    /// As it is written behind the `@`; empty for a whole tape.
    let text: String

    init(_ word: String, option: String) throws {
        guard let at = word.lastIndex(of: "@"), word[at...].contains("..") else {
            (path, range, text) = (word, 0...UInt64.max, "")
            return
        }
        path = String(word[..<at])
        text = String(word[word.index(after: at)...])
        guard let dots = text.range(of: "..") else { preconditionFailure("Invariant: there are two dots") }
        let (from, to) = (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
        let first = try from.isEmpty ? 0 : TapeTime.nanoseconds(from, option: option)
        let last = try to.isEmpty ? .max : TapeTime.nanoseconds(to, option: option)
        guard first <= last else {
            throw UsageError.badValue(option: option, found: word, allowed: "FILE@FROM..TO, in order")
        }
        range = first...last
    }

    /// The file's name without its ending, and the stretch.
    var name: String {
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return text.isEmpty ? stem : "\(stem)@\(text)"
    }

    /// The same stretch of another file.
    func word(of file: String) -> String { text.isEmpty ? file : "\(file)@\(text)" }
}
