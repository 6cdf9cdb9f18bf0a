import Console
import Foundation
import Synchronization
import Units

/// Another command of this same program, as a real process of its own. Its standard output is read line by line; its
/// standard error is ours.
final class Child {
    private let process = Process()
    private let output = Pipe()
    private var buffer = Data()
    private let name: String

    init(_ name: String, _ words: [String]) throws {
        self.name = name
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = words
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var isRunning: Bool { process.isRunning }
    var status: Int32 { process.terminationStatus }

    /// Asks it to stop.
    func stop() {
        if process.isRunning { process.terminate() }
    }

    /// The next whole line; `nil` at the end of its output, when the time is up, or when we are asked to stop.
    func nextLine(within limit: Interval) -> String? {
        let deadline = Clock.monotonic + limit
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            guard Clock.monotonic < deadline, !StopSignal.isRaised || limit < .seconds(60) else { return nil }
            guard readMore() else { return nil }
        }
    }

    /// Reads what there is within a tenth of a second; `false` at the end of the output.
    private func readMore() -> Bool {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 100) > 0 else { return true }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return false }
        buffer.append(contentsOf: bytes[..<count])
        return true
    }

    /// Waits for its end; kills it when the time is up.
    func wait(within limit: Interval) {
        let deadline = Clock.monotonic + limit
        while process.isRunning, Clock.monotonic < deadline { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
