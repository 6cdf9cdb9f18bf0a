/// A request as received. Header names are in lower case.
public struct HTTPRequest: Sendable {
    public let method: String
    /// Decoded, without the query.
    public let path: String
    public let query: [String: String]
    public let headers: [String: String]
    public let body: [UInt8]
}

/// What to answer.
public struct HTTPResponse: Equatable, Sendable {
    public let status: Int
    public let headers: [String: String]
    public let body: [UInt8]

    /// Not to answer: the connection is closed, as when a server dies under a request.
    public static let dropped = HTTPResponse()

    private init() {
        status = 0
        headers = [:]
        body = []
    }

    public init(status: Int, contentType: String, headers: [String: String] = [:], body: [UInt8]) {
        precondition((200...599).contains(status), "Condition: an answer has a final status")
        self.status = status
        self.headers = headers.merging(["Content-Type": contentType]) { own, _ in own }
        self.body = body
    }

    public static func json(_ status: Int, _ text: String, headers: [String: String] = [:]) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json", headers: headers, body: Array(text.utf8))
    }

    public static func text(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}

/// The bounds of being spoken to.
public struct ServerLimits: Equatable, Sendable {
    public var bodyBytesMax: Int
    public var connectionsMax: Int
    /// Of the head of a request, with all that the library keeps for a connection.
    public var connectionBytesMax: Int
    /// A connection that is silent for so long is closed.
    public var silenceSecondsMax: Int

    public init(
        bodyBytesMax: Int = 64 << 10, connectionsMax: Int = 64, connectionBytesMax: Int = 32 << 10,
        silenceSecondsMax: Int = 30
    ) {
        precondition(bodyBytesMax > 0 && connectionsMax > 0, "Condition: something may be received")
        precondition(connectionBytesMax >= 4_096 && silenceSecondsMax > 0, "Condition: a head has room and time")
        self.bodyBytesMax = bodyBytesMax
        self.connectionsMax = connectionsMax
        self.connectionBytesMax = connectionBytesMax
        self.silenceSecondsMax = silenceSecondsMax
    }
}

/// Why nothing listens: the port, and the system's error number.
public struct ServerError: Error, Equatable, Sendable {
    public let port: UInt16
    public let errno: Int32
}
