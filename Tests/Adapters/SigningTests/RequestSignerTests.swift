import Signing
import Submission
import Testing
import Units

@Suite struct RequestSignerTests {
    private let signer: RequestSigner
    private let body = Array(#"{"id":"1"}"#.utf8)
    private let id = IntentID(bits: 0xa1b)

    init() throws {
        signer = try RequestSigner(liquidator: "me", secret: Array("0123456789abcdef".utf8))
    }

    /// Computed apart from this code: Python's `hmac` and `hashlib` over the canonical text of the contract.
    @Test func `a signed request has the bytes of the contract`() {
        let headers = signer.headers(
            method: "POST", path: "/v1/liquidations", id: id, body: body,
            at: Moment(nanoseconds: 1_610_323_200_123_456_789))
        #expect(
            headers == [
                RequestHeader("X-Bailiff-Key", "me"),
                RequestHeader("X-Bailiff-Timestamp", "1610323200123"),
                RequestHeader(
                    "X-Bailiff-Signature", "3d2101920d0784a93b1abc06a037a58057a32a39a15bff446b9d473885908332"),
                RequestHeader("Content-Type", "application/json"),
                RequestHeader("Idempotency-Key", "00000000000000000000000000000a1b"),
            ])
    }

    @Test func `a question has no body, no key and no content type`() {
        let headers = signer.headers(method: "GET", path: "/v1/ledger", id: nil, body: [], at: .start)
        #expect(headers.map(\.name) == ["X-Bailiff-Key", "X-Bailiff-Timestamp", "X-Bailiff-Signature"])
        #expect(headers[2].value == "a68f70b996d30fb0fa10b63b928ac0b02bc239a872ca4785cf5c152c9a94777e")
    }

    @Test func `a signature is accepted only for the request it was made for`() {
        let hex = signer.signature(method: "POST", path: "/a", timestamp: 1, id: "x", body: body).hex
        func accepts(
            _ text: String, method: String = "POST", path: String = "/a", timestamp: Int64 = 1, id: String = "x",
            body: [UInt8]
        ) -> Bool {
            signer.accepts(signature: text, method: method, path: path, timestamp: timestamp, id: id, body: body)
        }
        #expect(accepts(hex, body: body))
        #expect(!accepts(hex, method: "GET", body: body))
        #expect(!accepts(hex, path: "/b", body: body))
        #expect(!accepts(hex, timestamp: 2, body: body))
        #expect(!accepts(hex, id: "y", body: body))
        #expect(!accepts(hex, body: body + [0]))
        #expect(!accepts(String(hex.dropLast()), body: body))
        #expect(!accepts(hex.uppercased(), body: body))
    }

    @Test func `a short secret or a name that is no header is refused`() {
        #expect(throws: SigningError.secretTooShort(bytes: 15)) {
            try RequestSigner(liquidator: "me", secret: Array(repeating: 1, count: 15))
        }
        for name in ["", "two words", "line\r\nbreak", "höh"] {
            #expect(throws: SigningError.badName) {
                try RequestSigner(liquidator: name, secret: Array(repeating: 1, count: 16))
            }
        }
    }

    @Test func `printing a signer does not show its secret`() {
        var text = "\(signer)"
        dump(signer, to: &text)
        #expect(!text.contains("48") && !text.contains("0123456789"))
    }
}

@Suite struct IntentDerivationTests {
    /// Computed apart from this code: the first 16 bytes of SHA-256 in Python.
    @Test func `an intent's name is the head of a digest of its opportunity and decision`() {
        #expect(IntentID(opportunity(version: 3), decision: 0).text == "45f790282aa07a09c87919f160840518")
    }

    @Test func `another version or another decision has another name`() {
        let names = [(3, 0), (3, 1), (4, 0)].map { IntentID(opportunity(version: $0.0), decision: $0.1) }
        #expect(Set(names).count == 3)
    }

    private func opportunity(version: UInt64) -> Opportunity {
        Opportunity(
            market: "aave-v2", account: "0xabc", version: version, debtAsset: "USDC", collateralAsset: "WETH",
            liquidator: "me")
    }
}
