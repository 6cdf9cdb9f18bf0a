import Console
import Foundation
import MCAP
import Tape
import TapeContent

/// `tape cat` and `tape export`: messages as lines.
enum TapePrinting {
    private static let writesAt = 1 << 16

    static func cat(_ arguments: Arguments) throws {
        let file = try Tapes.open(arguments.positionals[0])
        let topics = arguments.values("topic")
        let limit = try arguments.number("limit", in: 1...Int.max, default: .max)
        let isJSON = arguments.wantsJSON
        var printer = Printer()
        var messages = MCAPMessages(file, within: try TapeTime.range(arguments))
        var count = 0
        while count < limit, !StopSignal.isRaised {
            let isPrinted = try messages.next { message, data -> Bool in
                let channel = file.channel(of: message)
                guard topics.isEmpty || topics.contains(where: { channel.topic.hasPrefix($0) }) else { return false }
                printer.add(isJSON ? json(message, channel, data) : text(message, channel, data))
                return true
            }
            guard let isPrinted else { break }
            try printer.flush(from: writesAt)
            if isPrinted { count += 1 }
        }
        try printer.flush()
    }

    static func export(_ arguments: Arguments) throws {
        let file = try Tapes.open(arguments.positionals[0])
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var printer = Printer()
        var messages = MCAPMessages(file, within: try TapeTime.range(arguments))
        try messages.forEach { message, data in
            _ = kinds[message.channel]?.withFrame(data) { topic, body in
                var line = JSONLine()
                line.begin()
                line.field("received_ns", message.logTime)
                line.field("published_ns", message.publishTime)
                line.field("sequence", UInt64(message.sequence))
                write("topic", "topic_base64", topic, to: &line)
                write("body", "body_base64", body, to: &line)
                line.end()
                printer.add(line.bytes)
            }
            try printer.flush(from: writesAt)
        }
        try printer.flush()
    }

    private static func json(_ message: MCAPMessage, _ channel: MCAPChannel, _ data: RawSpan) -> [UInt8] {
        var line = JSONLine()
        line.begin()
        line.field("log_ns", message.logTime)
        line.field("publish_ns", message.publishTime)
        line.field("channel", channel.topic)
        line.field("sequence", UInt64(message.sequence))
        write("data", "data_base64", data, to: &line)
        line.end()
        return line.bytes
    }

    private static func text(_ message: MCAPMessage, _ channel: MCAPChannel, _ data: RawSpan) -> [UInt8] {
        let shown = data.withUnsafeBytes { String(decoding: $0.prefix(160), as: UTF8.self) }
        let rest = data.byteCount > 160 ? "… (\(data.byteCount) bytes)" : ""
        // What a stranger put into a message must not steer a terminal.
        let safe = String(shown.unicodeScalars.map { $0.properties.generalCategory == .control ? "." : Character($0) })
        return Array("\(TapeTime.text(message.logTime))  \(channel.topic)  \(message.sequence)  \(safe)\(rest)".utf8)
    }

    /// Text where it is text, so that it comes back byte for byte; anything else as base 64.
    private static func write(_ key: StaticString, _ coded: StaticString, _ bytes: RawSpan, to line: inout JSONLine) {
        let array = bytes.withUnsafeBytes { Array($0) }
        if let text = String(validating: array, as: UTF8.self) {
            line.field(key, text)
        } else {
            line.field(coded, Data(array).base64EncodedString())
        }
    }

    /// Gathers lines, so that each is not a call of the system.
    private struct Printer {
        private var bytes: [UInt8] = []

        mutating func add(_ line: [UInt8]) {
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }

        /// Where there are at least so many.
        mutating func flush(from count: Int = 0) throws(OutputFault) {
            guard bytes.count >= count else { return }
            try StandardStreams.write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
    }
}
