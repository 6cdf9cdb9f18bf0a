/// The schemas and channels of a file, each number defined once. Repeated definitions must agree.
public struct MCAPDefinitions: Equatable, Sendable {
    public private(set) var schemas: [UInt16: MCAPSchema] = [:]
    public private(set) var channels: [UInt16: MCAPChannel] = [:]

    mutating func define(_ schema: MCAPSchema, at offset: UInt64) throws(MCAPFault) {
        // "A Schema record with an id of zero is invalid and should be ignored by readers."
        guard schema.id > 0 else { return }
        if let known = schemas[schema.id] {
            guard known == schema else { throw MCAPFault(.redefined, at: offset, found: "schema \(schema.id)") }
            return
        }
        schemas[schema.id] = schema
    }

    mutating func define(_ channel: MCAPChannel, at offset: UInt64) throws(MCAPFault) {
        if let known = channels[channel.id] {
            guard known == channel else { throw MCAPFault(.redefined, at: offset, found: "channel \(channel.id)") }
            return
        }
        guard channel.schema == 0 || schemas[channel.schema] != nil else {
            throw MCAPFault(
                .undefined, at: offset, found: "schema \(channel.schema) of channel \(channel.id)",
                allowed: "a schema that is defined before")
        }
        channels[channel.id] = channel
    }
}
