/// The chunk that a writer is filling.
struct OpenChunk {
    private(set) var records: [UInt8] = []
    private(set) var messages = 0
    private(set) var start: UInt64 = 0
    private(set) var end: UInt64 = 0
    /// By channel: log times and places of its messages, as the index wants them.
    private(set) var places: [UInt16: [(time: UInt64, offset: UInt64)]] = [:]
    let indexesMessages: Bool

    init(indexesMessages: Bool) { self.indexesMessages = indexesMessages }

    var isEmpty: Bool { records.isEmpty }

    mutating func add(_ schema: MCAPSchema) { schema.append(to: &records) }
    mutating func add(_ channel: MCAPChannel) { channel.append(to: &records) }

    mutating func add(_ message: MCAPMessage, _ data: RawSpan) {
        start = messages == 0 ? message.logTime : min(start, message.logTime)
        end = max(end, message.logTime)
        messages += 1
        if indexesMessages {
            places[message.channel, default: []].append((message.logTime, UInt64(records.count)))
        }
        records.append(Opcode.message.rawValue)
        records.append(little: UInt64(MCAPMessage.headBytes + data.byteCount))
        records.append(little: message.channel)
        records.append(little: message.sequence)
        records.append(little: message.logTime)
        records.append(little: message.publishTime)
        records.append(data)
    }

    mutating func clear() {
        records.removeAll(keepingCapacity: true)
        messages = 0
        (start, end) = (0, 0)
        for channel in places.keys { places[channel]?.removeAll(keepingCapacity: true) }
    }
}
