/// A file within the file, as its index tells it.
public struct MCAPAttachment: Equatable, Sendable {
    /// Of the record, from the beginning of the file.
    public var offset: UInt64
    /// Of the record, its head included.
    public var length: UInt64
    public var logTime: UInt64
    public var createTime: UInt64
    public var dataSize: UInt64
    public var name: String
    public var mediaType: String

    init(
        offset: UInt64, length: UInt64, logTime: UInt64, createTime: UInt64, dataSize: UInt64, name: String,
        mediaType: String
    ) {
        self.offset = offset
        self.length = length
        self.logTime = logTime
        self.createTime = createTime
        self.dataSize = dataSize
        self.name = name
        self.mediaType = mediaType
    }

    func append(to bytes: inout [UInt8]) {
        bytes.appendRecord(.attachmentIndex) {
            $0.append(little: offset)
            $0.append(little: length)
            $0.append(little: logTime)
            $0.append(little: createTime)
            $0.append(little: dataSize)
            $0.append(text: name)
            $0.append(text: mediaType)
        }
    }

    init(_ record: inout RecordCursor) throws(MCAPFault) {
        offset = try record.integer()
        length = try record.integer()
        logTime = try record.integer()
        createTime = try record.integer()
        dataSize = try record.integer()
        name = try record.text()
        mediaType = try record.text()
    }

    /// From the record itself: what goes before the data.
    init(record: inout RecordCursor, offset: UInt64, length: UInt64) throws(MCAPFault) {
        self.offset = offset
        self.length = length
        logTime = try record.integer()
        createTime = try record.integer()
        name = try record.text()
        mediaType = try record.text()
        dataSize = try record.integer()
    }
}
