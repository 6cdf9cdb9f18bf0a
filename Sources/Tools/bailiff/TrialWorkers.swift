import Console
import Foundation
import Units

/// `bailiff trial --serve`, several times: each a process of its own, which maps the same tapes. Questions go to whoever is free;
/// answers come as they are ready. One thread.
///
/// A worker ends at the end of its standard input, so none outlives this process. One that dies is started again, and its
/// question is asked again, a bounded number of times.
final class TrialWorkers {
    private var workers: [TrialWorker]
    private let words: [String]
    private var restarts = 0

    static let countMax = 64
    private static let restartsMax = 8

    /// Throws where a worker does not say that it is ready.
    init(_ count: Int, _ words: [String]) throws {
        self.words = words
        workers = try (0..<count).map { _ in try TrialWorker(words) }
        guard workers.allSatisfy({ $0.ready == workers[0].ready }) else {
            throw CommandFailure(code: .internalFault, message: "two workers of one program say different things")
        }
    }

    /// What the workers say of themselves.
    var ready: TrialEvent.Ready { workers[0].ready }

    /// Asks all, in order; `take` hears each answer when it is there, with the position of its question.
    func ask(_ questions: [TrialRequest], _ take: (Int, TrialAnswer) throws -> Void) throws {
        var waiting = Array(questions.indices.reversed())
        var asked: [Int: Int] = [:]
        while !waiting.isEmpty || !asked.isEmpty {
            for worker in workers.indices where asked[worker] == nil {
                guard let next = waiting.popLast() else { break }
                asked[worker] = next
                try workers[worker].send(JSONText.encode(questions[next]))
            }
            for worker in TrialWorker.readable(asked.keys.sorted().map { ($0, workers[$0]) }) {
                guard let position = asked[worker] else { continue }
                do {
                    guard let answer = try workers[worker].answer() else { continue }
                    asked[worker] = nil
                    try take(position, answer)
                } catch is TrialWorker.Death {
                    asked[worker] = nil
                    waiting.append(position)
                    try restart(worker)
                }
            }
        }
    }

    private func restart(_ worker: Int) throws {
        restarts += 1
        guard restarts <= Self.restartsMax else {
            throw CommandFailure(code: .internalFault, message: "workers died \(restarts) times: giving up")
        }
        workers[worker] = try TrialWorker(words)
    }
}

/// What became of a question.
struct TrialAnswer {
    var folds: [TrialEvent.Fold]
    /// One of both.
    var result: TrialEvent.Result?
    var failure: TrialEvent.Failure?
}

/// One of them.
final class TrialWorker {
    private(set) var ready: TrialEvent.Ready
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer = Data()
    private var folds: [TrialEvent.Fold] = []

    struct Death: Error {}

    init(_ words: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["trial", "--serve"] + words
        process.standardInput = input
        process.standardOutput = output
        ready = TrialEvent.Ready(binary: "", settings: "", preset: "", tapes: [])
        try process.run()
        while true {
            if let line = nextLine() {
                ready = try JSONDecoder().decode(TrialEvent.Ready.self, from: line)
                return
            }
            guard readMore() else {
                process.waitUntilExit()
                // It has said why on the standard error, which is ours.
                throw CommandFailure(
                    code: ExitCode(rawValue: process.terminationStatus) ?? .internalFault,
                    message: "a worker did not start")
            }
        }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func send(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Those of them that have something to read; waits for the first.
    static func readable(_ workers: [(Int, TrialWorker)]) -> [Int] {
        if let done = workers.first(where: { $0.1.buffer.contains(UInt8(ascii: "\n")) }) { return [done.0] }
        var entries = workers.map { worker in
            pollfd(fd: worker.1.output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        }
        _ = poll(&entries, nfds_t(entries.count), 1_000)
        return zip(workers, entries).filter { $0.1.revents != 0 }.map(\.0.0)
    }

    /// Takes what there is; the answer when it is whole.
    func answer() throws -> TrialAnswer? {
        if !buffer.contains(UInt8(ascii: "\n")), !readMore() { throw Death() }
        while let line = nextLine() {
            guard let kind = try? JSONDecoder().decode(Kind.self, from: line) else { throw Death() }
            switch kind.ev {
            case "fold": folds.append(try JSONDecoder().decode(TrialEvent.Fold.self, from: line))
            case "result":
                defer { folds = [] }
                return TrialAnswer(
                    folds: folds, result: try JSONDecoder().decode(TrialEvent.Result.self, from: line))
            default:
                defer { folds = [] }
                return TrialAnswer(
                    folds: folds, failure: try JSONDecoder().decode(TrialEvent.Failure.self, from: line))
            }
        }
        return nil
    }

    private struct Kind: Decodable { var ev: String }

    private func nextLine() -> Data? {
        guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { buffer.removeSubrange(...end) }
        return Data(buffer[..<end])
    }

    /// `false` at the end of its output.
    private func readMore() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(output.fileHandleForReading.fileDescriptor, &bytes, bytes.count)
        if count < 0 && errno == EINTR { return true }
        guard count > 0 else { return false }
        buffer.append(contentsOf: bytes[..<count])
        return true
    }
}
