import Foundation
import Glibc
import Units

/// Every line that went to a model or came from it, with its time, in a file of JSON lines: what a replay answers from.
final class Transcript {
    private let file: UnsafeMutablePointer<FILE>
    private let path: String

    init(_ path: String) throws(TranscriptError) {
        guard let file = fopen(path, "ae") else { throw TranscriptError(path: path, code: errno) }
        self.file = file
        self.path = path
    }

    deinit {
        fclose(file)
    }

    func record(_ line: [UInt8], fromModel: Bool, at now: Moment) {
        // A line that is no UTF-8 is kept as what can be read of it: a transcript is for reading.
        write(String(decoding: line.dropLast(), as: UTF8.self), fromModel ? "model" : "bailiff", now)
    }

    func note(_ text: String, at now: Moment) { write(text, "note", now) }

    private func write(_ text: String, _ side: String, _ now: Moment) {
        let object: [String: Any] = ["at_ns": now.nanoseconds, "from": side, "line": text]
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys) else { return }
        data.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        fputc(10, file)
        fflush(file)
    }
}

/// The transcript's file could not be opened.
public struct TranscriptError: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// `errno` of the system call.
    public let code: Int32

    public var description: String {
        "transcript \(path): found: \(String(cString: strerror(code))); allowed: a file to append to"
    }
}
