/// A schema of messages. Its number is within a file, from 1.
public struct MCAPSchema: Equatable, Sendable {
    public var id: UInt16
    public var name: String
    /// `jsonschema`, or another of the registry's words; empty for none.
    public var encoding: String
    public var data: [UInt8]

    public init(id: UInt16, name: String, encoding: String, data: [UInt8]) {
        self.id = id
        self.name = name
        self.encoding = encoding
        self.data = data
    }

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.schema) {
            $0.append(little: id)
            $0.append(text: name)
            $0.append(text: encoding)
            $0.append(little: UInt32(data.count))
            $0 += data
        }
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        id = try record.integer()
        name = try record.text()
        encoding = try record.text()
        data = try record.data()
    }
}

/// A stream of messages of one topic. Its number is within a file.
public struct MCAPChannel: Equatable, Sendable {
    public var id: UInt16
    /// 0 is none.
    public var schema: UInt16
    public var topic: String
    public var messageEncoding: String
    public var metadata: [String: String]

    public init(
        id: UInt16, schema: UInt16, topic: String, messageEncoding: String, metadata: [String: String] = [:]
    ) {
        self.id = id
        self.schema = schema
        self.topic = topic
        self.messageEncoding = messageEncoding
        self.metadata = metadata
    }

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.channel) {
            $0.append(little: id)
            $0.append(little: schema)
            $0.append(text: topic)
            $0.append(text: messageEncoding)
            $0.append(map: metadata)
        }
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        id = try record.integer()
        schema = try record.integer()
        topic = try record.text()
        messageEncoding = try record.text()
        metadata = try record.map()
    }
}

/// The head of a message; its data is handed over beside it. Times are nanoseconds since 1970.
public struct MCAPMessage: Equatable, Sendable {
    public var channel: UInt16
    public var sequence: UInt32
    /// When it was recorded.
    public var logTime: UInt64
    public var publishTime: UInt64

    public init(channel: UInt16, sequence: UInt32, logTime: UInt64, publishTime: UInt64) {
        self.channel = channel
        self.sequence = sequence
        self.logTime = logTime
        self.publishTime = publishTime
    }

    static let headBytes = 22
}

/// Words about the whole file, by name.
public struct MCAPMetadata: Equatable, Sendable {
    public var name: String
    public var values: [String: String]

    public init(name: String, values: [String: String]) {
        self.name = name
        self.values = values
    }

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.metadata) {
            $0.append(text: name)
            $0.append(map: values)
        }
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        name = try record.text()
        values = try record.map()
    }
}

/// Where a metadata record stands.
struct MetadataPlace: Equatable, Sendable {
    var offset: UInt64
    var length: UInt64
    var name: String

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.metadataIndex) {
            $0.append(little: offset)
            $0.append(little: length)
            $0.append(text: name)
        }
    }

    init(offset: UInt64, length: UInt64, name: String) {
        self.offset = offset
        self.length = length
        self.name = name
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        offset = try record.integer()
        length = try record.integer()
        name = try record.text()
    }
}
