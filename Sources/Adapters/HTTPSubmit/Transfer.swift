internal import CCurl
internal import Submission
internal import Units

/// One request under way. A class, because libcurl remembers it by address; owns its easy handle and header list.
/// Confined to the thread of its client; libcurl calls back only within that thread's calls.
final class Transfer {
    let token: UInt64
    let easy: UnsafeMutableRawPointer
    private let limits: HTTPLimits
    private var lines: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var headBytes = 0
    private var overflow: TransferFailure.Kind?
    /// Times that libcurl was about to write the request to a connection.
    private var copies = 0

    init?(token: UInt64, limits: HTTPLimits) {
        guard let easy = curl_easy_init() else { return nil }
        self.token = token
        self.limits = limits
        self.easy = easy
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(lines)
    }

    /// Everything set explicitly, nothing by default.
    func prepare(method: String, url: String, scheme: String, headers: [RequestHeader], body: [UInt8]) {
        setText(CURLOPT_URL, url)
        setText(CURLOPT_CUSTOMREQUEST, method)
        setText(CURLOPT_PROTOCOLS_STR, scheme)
        // An empty proxy overrides the environment's.
        setText(CURLOPT_PROXY, "")
        setText(CURLOPT_USERAGENT, "bailiff")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_TCP_NODELAY, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connectTimeout.nanoseconds / 1_000_000))
        set(CURLOPT_TIMEOUT_MS, Int(limits.totalTimeout.nanoseconds / 1_000_000))
        setBody(body)
        setHeaders(headers)
        setCallbacks()
    }

    private func setBody(_ body: [UInt8]) {
        guard !body.isEmpty else { return }
        check(ccurl_setopt_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        // The size comes first: libcurl copies that many bytes, zeros included.
        body.withUnsafeBytes { bytes in
            check(
                ccurl_setopt_pointer(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            )
        }
    }

    private func setHeaders(_ headers: [RequestHeader]) {
        // "Expect:" removes libcurl's own question before large bodies: it would cost a round trip.
        for line in ["Expect:"] + headers.map({ "\($0.name): \($0.value)" }) {
            precondition(!line.utf8.contains { $0 == 10 || $0 == 13 }, "Condition: a header is one line")
            lines = curl_slist_append(lines, line)
        }
        check(ccurl_setopt_list(easy, CURLOPT_HTTPHEADER, lines))
    }

    private func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        check(ccurl_setopt_pointer(easy, CURLOPT_PRIVATE, context))
        check(ccurl_setopt_pointer(easy, CURLOPT_WRITEDATA, context))
        check(ccurl_setopt_pointer(easy, CURLOPT_HEADERDATA, context))
        check(ccurl_setopt_pointer(easy, CURLOPT_PREREQDATA, context))
        check(
            ccurl_setopt_write(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                Transfer.from(context).take(bytes, size * count)
            })
        check(
            ccurl_setopt_write(easy, CURLOPT_HEADERFUNCTION) { _, size, count, context in
                Transfer.from(context).takeHead(size * count)
            })
        check(ccurl_setopt_prereq(easy) { context, _, _, _, _ in Transfer.from(context).beginCopy() })
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("Invariant: libcurl gives back the context it was given") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard body.count + count <= limits.bodyBytesMax else {
            overflow = .bodyTooLarge
            return 0
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    private func takeHead(_ count: Int) -> Int {
        headBytes += count
        guard headBytes <= limits.headBytesMax else {
            overflow = .headTooLarge
            return 0
        }
        return count
    }

    /// libcurl repeats a request by itself when a kept connection dies under it. One request is one copy: how often bytes
    /// leave is counted and decided by the submission machine, so the second copy is stopped here.
    private func beginCopy() -> Int32 {
        copies += 1
        return Int32(copies == 1 ? ccurl_prereq_ok : ccurl_prereq_abort)
    }

    /// Reads everything of interest out of the handle.
    func result(_ code: CURLcode) -> HTTPResult {
        HTTPResult(
            token: token, ending: ending(code),
            timings: HTTPResult.Timings(
                connected: time(CURLINFO_CONNECT_TIME_T), firstByte: time(CURLINFO_STARTTRANSFER_TIME_T),
                total: time(CURLINFO_TOTAL_TIME_T)),
            isConnectionReused: number(CURLINFO_NUM_CONNECTS) == 0)
    }

    private func ending(_ code: CURLcode) -> HTTPResult.Ending {
        guard code == CURLE_OK else {
            let kind = overflow ?? (copies > 1 ? .connectionDied : TransferFailure.Kind(code))
            return .failed(TransferFailure(kind, mayHaveLeft: copies > 0, code: code.rawValue))
        }
        return .answered(status: number(CURLINFO_RESPONSE_CODE), body: body, retryAfter: retryAfter())
    }

    /// Whole seconds only; a date is read as no wish, since our clock need not be the venue's.
    private func retryAfter() -> Interval? {
        var header: UnsafeMutablePointer<curl_header>?
        guard curl_easy_header(easy, "Retry-After", 0, UInt32(CURLH_HEADER), -1, &header) == CURLHE_OK,
            let text = header?.pointee.value, let seconds = UInt32(String(cString: text))
        else { return nil }
        return .seconds(Int64(seconds))
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        check(ccurl_getinfo_long(easy, info, &value))
        return value
    }

    private func time(_ info: CURLINFO) -> Interval {
        var microseconds: curl_off_t = 0
        check(ccurl_getinfo_offset(easy, info, &microseconds))
        return Interval(nanoseconds: Int64(microseconds) * 1_000)
    }

    private func set(_ option: CURLoption, _ value: Int) { check(ccurl_setopt_long(easy, option, value)) }
    private func setText(_ option: CURLoption, _ value: String) { check(ccurl_setopt_string(easy, option, value)) }

    private func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "Invariant: libcurl knows the option and has memory")
    }
}
