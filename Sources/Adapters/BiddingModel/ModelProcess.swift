import CLinux
import Glibc

/// The model's process with its two pipes. Its standard error is ours.
///
/// One thread. Ends its process by id when it is dropped; the child never outlives us.
final class ModelProcess {
    let identifier: pid_t
    let input: Int32
    let output: Int32

    /// Starts a program: its path or name, and its words, without a shell in between.
    init(_ command: [String]) throws(ModelStartError) {
        precondition(!command.isEmpty, "Condition: a command has a program")
        var (toChild, fromChild) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
        let first = clinux_pipe(&toChild)
        guard first == 0 else { throw ModelStartError(program: command[0], code: first) }
        let second = clinux_pipe(&fromChild)
        guard second == 0 else {
            for descriptor in toChild { close(descriptor) }
            throw ModelStartError(program: command[0], code: second)
        }
        let (child, code) = Self.spawn(command, reading: toChild[0], writing: fromChild[1])
        close(toChild[0])
        close(fromChild[1])
        guard code == 0 else {
            close(toChild[1])
            close(fromChild[0])
            throw ModelStartError(program: command[0], code: code)
        }
        for descriptor in [toChild[1], fromChild[0]] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        (identifier, input, output) = (child, toChild[1], fromChild[0])
    }

    deinit {
        close(input)
        close(output)
        kill(identifier, SIGKILL)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
    }

    private static func spawn(_ command: [String], reading: Int32, writing: Int32) -> (pid_t, Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, reading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, writing, STDOUT_FILENO)
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        var child = pid_t()
        let code = posix_spawnp(&child, command[0], &actions, nil, words, environ)
        return (child, code)
    }

    /// How much of the bytes the pipe took; zero when it is full, `nil` when nobody reads any more.
    func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }

    /// What can be read now, into the buffer; zero when there is nothing yet, `nil` at the end.
    func read(into buffer: inout [UInt8]) -> Int? {
        let count = buffer.withUnsafeMutableBytes { Glibc.read(output, $0.baseAddress, $0.count) }
        if count > 0 { return count }
        if count == 0 { return nil }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }
}

/// The program could not be started.
public struct ModelStartError: Error, Equatable, CustomStringConvertible {
    public let program: String
    /// `errno` of the system call.
    public let code: Int32

    public var description: String {
        "model \(program): found: \(String(cString: strerror(code))); allowed: a program"
    }
}
