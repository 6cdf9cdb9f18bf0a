import Testing

@testable import VenueProtocol

@Suite struct JSONReaderTests {
    @Test func `blanks, escapes and surrogate pairs are read as the RFC says`() throws {
        let text = #" { "a" : "\"\\\/\b\f\n\r\t\u0041\u00e9\ud83e\uddfe" , "b":0,"c":9223372036854775807 } "#
        let fields = try read(text)
        #expect(fields["a"] == .string("\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{1F9FE}"))
        #expect(fields["b"] == .integer(0) && fields["c"] == .integer(9_223_372_036_854_775_807))
        #expect(try read("{}").isEmpty)
    }

    @Test(arguments: [
        "", " ", "{", "}", "{}{}", "{} x", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{a:1}"#,
        #"{"a:1}"#,
        #"{"a":"\x"}"#, #"{"a":"\u12"}"#, #"{"a":"\u+123"}"#, #"{"a":"\ud83e"}"#, #"{"a":"\ud83e\u0041"}"#,
        #"{"a":"\udc00"}"#,
        "{\"a\":\"\n\"}", #"{"a":tru}"#, #"{"a":+1}"#, #"{"a":'x'}"#, #"["a"]"#,
    ])
    func `what is not an object of the RFC is refused`(text: String) {
        let error = #expect(throws: ProtocolError.self) { try read(text) }
        #expect(error?.code == .notJSON)
    }

    @Test(arguments: ["-1", "1.0", "1e3", "01", "9223372036854775808", "-", "1-1"])
    func `a number that no field allows is no number`(text: String) throws {
        #expect(try read("{\"a\":\(text)}")["a"] == .other("another number"))
    }

    @Test func `text that is not UTF-8 is refused`() {
        var reader = JSONReader(Array("{\"a\":\"".utf8) + [0xff] + Array("\"}".utf8))
        let error = #expect(throws: ProtocolError.self) { try reader.object() }
        #expect(error?.code == .notJSON)
    }

    private func read(_ text: String) throws(ProtocolError) -> [String: JSONValue] {
        var reader = JSONReader(Array(text.utf8))
        return try reader.object()
    }
}
