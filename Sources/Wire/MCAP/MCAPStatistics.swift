/// The counts of a file.
public struct MCAPStatistics: Equatable, Sendable {
    public internal(set) var messages: UInt64 = 0
    public internal(set) var schemas: UInt16 = 0
    public internal(set) var channels: UInt32 = 0
    public internal(set) var attachments: UInt32 = 0
    public internal(set) var metadata: UInt32 = 0
    public internal(set) var chunks: UInt32 = 0
    /// The earliest and the latest log time; zero without messages.
    public internal(set) var start: UInt64 = 0
    public internal(set) var end: UInt64 = 0
    /// By channel.
    public internal(set) var messagesByChannel: [UInt16: UInt64] = [:]

    init() {}

    mutating func count(_ message: MCAPMessage) {
        start = messages == 0 ? message.logTime : min(start, message.logTime)
        end = max(end, message.logTime)
        messages += 1
        messagesByChannel[message.channel, default: 0] += 1
    }

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.statistics) {
            $0.append(little: messages)
            $0.append(little: schemas)
            $0.append(little: channels)
            $0.append(little: attachments)
            $0.append(little: metadata)
            $0.append(little: chunks)
            $0.append(little: start)
            $0.append(little: end)
            $0.appendBlock { bytes in
                for (channel, count) in messagesByChannel.sorted(by: { $0.key < $1.key }) {
                    bytes.append(little: channel)
                    bytes.append(little: count)
                }
            }
        }
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        messages = try record.integer()
        schemas = try record.integer()
        channels = try record.integer()
        attachments = try record.integer()
        metadata = try record.integer()
        chunks = try record.integer()
        start = try record.integer()
        end = try record.integer()
        var block = try record.block()
        while block.left > 0 { messagesByChannel[try block.integer()] = try block.integer() }
    }
}
