/// A request as received. Header names are in lower case.
package struct HTTPRequest: Sendable {
    package let method: String
    /// Decoded, without the query.
    package let path: String
    package let query: [String: String]
    package let headers: [String: String]
    package let body: [UInt8]
}

/// What to answer.
package struct HTTPResponse: Equatable, Sendable {
    package let status: Int
    package let headers: [String: String]
    package let body: [UInt8]

    /// Not to answer: the connection is closed, as when a server dies under a request.
    package static let dropped = HTTPResponse()

    private init() {
        status = 0
        headers = [:]
        body = []
    }

    package init(status: Int, contentType: String, headers: [String: String] = [:], body: [UInt8]) {
        precondition((200...599).contains(status), "Condition: an answer has a final status")
        self.status = status
        self.headers = headers.merging(["Content-Type": contentType]) { own, _ in own }
        self.body = body
    }

    package static func json(_ status: Int, _ text: String, headers: [String: String] = [:]) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json", headers: headers, body: Array(text.utf8))
    }

    package static func text(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}

/// The bounds of being spoken to.
package struct ServerLimits: Equatable, Sendable {
    package var bodyBytesMax: Int
    package var connectionsMax: Int
    /// Of the head of a request, with all that the library keeps for a connection.
    package var connectionBytesMax: Int
    /// A connection that is silent for so long is closed.
    package var silenceSecondsMax: Int

    package init(
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
package struct ServerError: Error, Equatable, Sendable {
    package let port: UInt16
    package let errno: Int32
}
