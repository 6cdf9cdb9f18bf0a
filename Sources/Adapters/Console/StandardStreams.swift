internal import Glibc

/// Standard output and standard error of the program; nothing else writes there.
///
/// A reader may leave early (`bailiff tape cat FILE | head`). What is printed then has nobody to go to, which is an error for
/// the command to end with and no reason to trap, as Foundation's `FileHandle` does, or to go on in vain, as `print` does. SIGPIPE has
/// to be ignored (`StopSignal.listen`). Every text is written at once and whole: a process that waits for the line gets it.
/// Any thread; one text is one write where the system takes it whole.
///
/// Example: `try StandardStreams.line("ready")`.
public enum StandardStreams {
    /// The text, and an end of line where it brings none, to standard output.
    public static func line(_ text: String) throws(OutputFault) {
        try write(text.hasSuffix("\n") ? text : text + "\n")
    }

    /// The text as it is, to standard output.
    public static func write(_ text: String) throws(OutputFault) { try write(Array(text.utf8)) }

    public static func write(_ bytes: [UInt8]) throws(OutputFault) { try write(bytes, to: STDOUT_FILENO) }

    /// To standard error. What cannot be said there cannot be said, and is no reason to end.
    public static func note(_ text: String) {
        do throws(OutputFault) {
            try write(Array(text.utf8), to: STDERR_FILENO)
        } catch {
            // There is nowhere left to tell it.
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody made it non-blocking: a terminal is shared with who started us.
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&entry, 1, waitMillisecondsMax)
            } else if errno != EINTR {
                throw OutputFault(errno)
            }
        }
    }

    private static let waitMillisecondsMax: Int32 = 1_000
}

/// Standard output took no more.
public struct OutputFault: Error, Equatable, CustomStringConvertible {
    public enum Code: Equatable, Sendable {
        /// Nobody reads any longer: all that was wanted was had.
        case readerLeft
        case cannotWrite
    }

    public let code: Code
    /// Of the system.
    public let number: Int32

    init(_ number: Int32) {
        code = number == EPIPE ? .readerLeft : .cannotWrite
        self.number = number
    }

    public var description: String { "standard output: \(String(cString: strerror(number)))" }
}
