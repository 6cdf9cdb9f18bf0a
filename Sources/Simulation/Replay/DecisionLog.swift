import TapeContent

/// What was decided, a line each, in the order in which it was decided: canonical bytes, hashed as they come.
///
/// The log of the same binary, settings and tape is the same in any process, debug or release.
public struct DecisionLog {
    public private(set) var count: UInt64 = 0
    private var digest = SHA256()
    private var line = JSONLine()
    private let keep: (RawSpan) -> Void

    /// Each line is handed over with its newline as it is written.
    public init(keeping keep: @escaping (RawSpan) -> Void = { _ in }) {
        self.keep = keep
    }

    public var hash: String { digest.hex }

    mutating func write(_ entry: some TapeEntry) {
        line.begin()
        entry.write(to: &line)
        line.endLine()
        let bytes = line.bytes
        digest.update(bytes.span.bytes)
        keep(bytes.span.bytes)
        count += 1
    }
}
