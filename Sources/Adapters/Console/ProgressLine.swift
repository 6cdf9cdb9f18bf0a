internal import Glibc
public import Units

/// One line on stderr that is rewritten in place on a terminal, and written now and then where there is none. Each begins
/// with the mode, so that nobody takes paper money for real. One thread; `finish` leaves the last state standing.
///
/// Example: `progress.show("1,204 messages", at: Clock.monotonic)` prints `[paper] 1,204 messages`.
public struct ProgressLine: Sendable {
    private let tag: String
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private var next: Moment?
    private var last = ""
    private var isShown = false

    public static let terminalPace = Interval.milliseconds(100)
    public static let logPace = Interval.seconds(10)

    /// On stderr.
    public init(tag: String) {
        self.init(tag: tag, isTerminal: isatty(STDERR_FILENO) == 1) { StandardStreams.note($0) }
    }

    public init(tag: String, isTerminal: Bool, write: @escaping @Sendable (String) -> Void) {
        self.tag = tag
        self.isTerminal = isTerminal
        self.write = write
    }

    /// Shows the text unless the last one is too young; it is then kept for `finish`. The text is made only when shown or
    /// kept, so pass it cheaply.
    public mutating func show(_ text: String, at now: Moment) {
        last = text
        if let next, now < next {
            isShown = false
            return
        }
        next = now + (isTerminal ? Self.terminalPace : Self.logPace)
        draw()
    }

    /// Shows what was last held back, and ends the line.
    public mutating func finish() {
        if !isShown && !last.isEmpty { draw() }
        if isTerminal && !last.isEmpty { write("\n") }
        last = ""
        isShown = false
    }

    private mutating func draw() {
        // Back to the first column, and erase what was longer.
        write(isTerminal ? "\r[\(tag)] \(last)\u{1b}[K" : "[\(tag)] \(last)\n")
        isShown = true
    }
}
