import Testing

@testable import BiddingModel

@Suite struct ModelLineTests {
    private func line(_ text: String) throws(ModelFault) -> ModelLine { try ModelLine(Array(text.utf8)) }

    @Test func `the words of the protocol are understood`() throws {
        #expect(try line(#"{"type":"hello","protocol":1,"name":"m"}"#) == .hello(name: "m"))
        #expect(
            try line(#"{"type":"bid","id":7,"repay":"340282366920938463463374607431768211455","reason":"r"}"#)
                == .answer(id: 7, .bid(repay: .max, priorityFee: nil, reason: "r")))
        #expect(
            try line(#"{"type":"bid","id":7,"priority_fee_wei":"2"}"#)
                == .answer(id: 7, .bid(repay: nil, priorityFee: 2, reason: "")))
        #expect(try line(#"{"type":"no_bid","id":0,"reason":"no"}"#) == .answer(id: 0, .noBid(reason: "no")))
        #expect(try line(#"{"type":"withdraw","id":3}"#) == .withdraw(id: 3))
    }

    @Test(arguments: [
        ("garbage", ModelFault.notJSON), ("[1]", .notAnObject), ("{}", .unknownType),
        (#"{"type":"offer"}"#, .unknownType),
        (#"{"type":"hello","protocol":2}"#, .wrongProtocol), (#"{"type":"hello"}"#, .wrongProtocol),
        (#"{"type":"hello","protocol":true}"#, .wrongProtocol),
        (#"{"type":"bid"}"#, .badIdentifier), (#"{"type":"bid","id":-1}"#, .badIdentifier),
        (#"{"type":"bid","id":1.5}"#, .badIdentifier), (#"{"type":"bid","id":true}"#, .badIdentifier),
        (#"{"type":"bid","id":1,"repay":5}"#, .badAmount), (#"{"type":"bid","id":1,"repay":"-5"}"#, .badAmount),
        (#"{"type":"bid","id":1,"repay":"+5"}"#, .badAmount), (#"{"type":"bid","id":1,"repay":""}"#, .badAmount),
        (#"{"type":"bid","id":1,"repay":"340282366920938463463374607431768211456"}"#, .badAmount),
        (#"{"type":"bid","id":1,"reason":5}"#, .badReason),
    ])
    func `whatever else is a fault with a name`(text: String, fault: ModelFault) {
        #expect(throws: fault) { try line(text) }
    }

    @Test func `a question is one line of JSON, with amounts as text`() {
        let bytes = ModelText.request(Questions.sample(id: 1, account: "0x\"quoted\"\n"))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasSuffix("}\n") && text.dropLast().contains("\n") == false)
        #expect(text.contains(#""account":"0x\"quoted\"\u000a""#) && text.contains(#""repay":"500""#))
    }
}
