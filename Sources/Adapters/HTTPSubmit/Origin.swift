internal import CCurl

/// Where a venue is: `https://host[:port]`, or `http://` on loopback for a venue on this machine. Comes from configuration
/// only, never from a feed or an answer.
public struct Origin: Equatable, Sendable {
    public let text: String
    let scheme: String

    private static let loopback: Set<String> = ["127.0.0.1", "[::1]", "localhost"]

    public init(_ text: String) throws(HTTPClientError) {
        guard let url = curl_url() else { throw .library(code: CURLE_OUT_OF_MEMORY.rawValue) }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK else { throw .originRefused(text) }
        let scheme = Self.part(CURLUPART_SCHEME, of: url)
        let isAllowed =
            scheme == "https" || (scheme == "http" && Self.loopback.contains(Self.part(CURLUPART_HOST, of: url)))
        let extras = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT].map {
            Self.part($0, of: url)
        }
        // An origin is not a path, and holds no credentials; libcurl gives "/" where there is none.
        guard isAllowed, extras.allSatisfy(\.isEmpty), Self.part(CURLUPART_PATH, of: url) == "/" else {
            throw .originRefused(text)
        }
        self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.scheme = scheme
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return "" }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
