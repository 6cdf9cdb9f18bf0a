import Domain
import Foundation
public import MCAP
public import TapeContent
public import Units

/// What a run's own tape tells beside its frames: what the run decided, line by line as a decision log has it, and all that its
/// engine was told.
///
/// Example: `let record = try RunRecord(reading: file)`, then `ReplayRun.init(of: record, …)`. Bound: `linesMax` entries.
public struct RunRecord: Sendable {
    /// Decisions, refusals and outcomes in the order in which they were decided or told: canonical lines.
    public private(set) var log: [UInt8] = []
    public private(set) var lines: UInt64 = 0
    public private(set) var configuration: ConfigurationEntry?
    /// Messages that are not on the tape because there was no room or no device: a replay cannot know them.
    public private(set) var leftOff: UInt64 = 0
    /// When the venue had answered the first request of an order, by its ordinal.
    public private(set) var answered: [UInt64: Moment] = [:]
    var told: [Told] = []

    public static let linesMax: UInt64 = 20_000_000

    /// Something that the engine was told.
    struct Told: Equatable, Sendable {
        var at: Moment
        var content: Content

        enum Content: Equatable, Sendable {
            case outcome(IntentOutcome)
            case input(InputEntry.Told)
        }
    }

    /// Whether a tape is a run's own.
    public static func isThere(in file: MCAPFile) -> Bool {
        if let manifest = RunManifest(file), !manifest.mode.isEmpty { return true }
        return file.definitions.channels.values.contains { $0.topic == TapeKind.inputs.topic }
    }

    public init(reading file: MCAPFile) throws {
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var messages = MCAPMessages(file)
        try messages.forEach { message, data in
            guard case .entry(let kind)? = kinds[message.channel] else { return }
            try take(kind, data)
        }
    }

    private mutating func take(_ kind: TapeKind, _ data: RawSpan) throws(RunFault) {
        switch kind {
        case .decisions, .refusals: try keep(data)
        case .outcomes:
            try keep(data)
            let line: OutcomeLine = try Self.decode(kind, data)
            guard let outcome = line.outcome else { throw Self.fault(kind, data) }
            told.append(Told(at: Moment(nanoseconds: line.at_ns), content: .outcome(outcome)))
        case .inputs:
            let line: InputLine = try Self.decode(kind, data)
            guard let input = line.told else { throw Self.fault(kind, data) }
            told.append(Told(at: Moment(nanoseconds: line.at_ns), content: .input(input)))
        case .responses:
            let line: ResponseLine = try Self.decode(kind, data)
            guard line.method == "POST", line.status > 0, let ordinal = line.ordinal else { return }
            answered[ordinal] = answered[ordinal] ?? Moment(nanoseconds: line.at_ns)
        case .gaps:
            let line: GapLine = try Self.decode(kind, data)
            if line.cause == GapEntry.Cause.disk.rawValue { leftOff += line.missing }
        case .configuration:
            let line: ConfigurationLine = try Self.decode(kind, data)
            let entry = ConfigurationEntry(at: Moment(nanoseconds: line.at_ns), file: line.file, text: line.text)
            configuration = configuration ?? entry
        case .requests, .history: break
        }
    }

    private mutating func keep(_ data: RawSpan) throws(RunFault) {
        lines += 1
        guard lines <= Self.linesMax else {
            throw RunFault(.tooLong, found: "more entries", allowed: "\(Self.linesMax)")
        }
        data.withUnsafeBytes { log.append(contentsOf: $0) }
        log.append(UInt8(ascii: "\n"))
    }

    private static func decode<Line: Decodable>(_ kind: TapeKind, _ data: RawSpan) throws(RunFault) -> Line {
        let bytes = data.withUnsafeBytes { Data($0) }
        guard let line = try? JSONDecoder().decode(Line.self, from: bytes) else { throw fault(kind, data) }
        return line
    }

    private static func fault(_ kind: TapeKind, _ data: RawSpan) -> RunFault {
        RunFault(
            .badEntry, found: data.withUnsafeBytes { String(decoding: $0.prefix(120), as: UTF8.self) },
            allowed: "an entry of \(kind.topic) as a run writes it")
    }
}

/// Why a run's own tape cannot be gone through again.
public struct RunFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable { case badEntry, tooLong }

    public let code: Code
    public let found: String
    public let allowed: String

    init(_ code: Code, found: String, allowed: String) {
        (self.code, self.found, self.allowed) = (code, found, allowed)
    }

    public var isRetriable: Bool { false }
    public var description: String { "\(code.rawValue): found: \(found); allowed: \(allowed)" }
}
