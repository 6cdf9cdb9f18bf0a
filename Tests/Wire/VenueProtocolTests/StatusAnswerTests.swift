import Domain
import Submission
import Testing
import Units
import VenueProtocol

@Suite struct StatusAnswerTests {
    private let id = IntentID(bits: 0xa1b)
    private let figures = SettlementFigures(
        repaid: .max, seized: 1, cash: Cash(units: -12), gasPaid: 7, block: BlockNumber(123))

    @Test func `an ending has the bytes of the contract`() {
        let status = LiquidationStatus(id: id, standing: .ended(.outbid, figures))
        #expect(
            String(decoding: status.encoded(), as: UTF8.self)
                == #"{"id":"00000000000000000000000000000a1b","status":"outbid","#
                + #""repaid":"340282366920938463463374607431768211455","seized":"1","cash":"-12","gas_paid":"7","block":123}"#
        )
    }

    @Test(arguments: IntentOutcome.Ending.allCases)
    func `every ending is read with its figures`(ending: IntentOutcome.Ending) {
        let body = LiquidationStatus(id: id, standing: .ended(ending, figures)).encoded()
        let answer = StatusAnswer(status: 200, body: body, about: id)
        #expect(answer.reply == .ended(ending) && answer.figures == figures)
    }

    @Test func `an ending may say how much gas was used`() {
        var used = figures
        used.gasUsed = GasUnits(321_000)
        let body = LiquidationStatus(id: id, standing: .ended(.settled, used)).encoded()
        #expect(String(decoding: body, as: UTF8.self).hasSuffix(#""block":123,"gas_used":321000}"#))
        #expect(StatusAnswer(status: 200, body: body, about: id).figures == used)
        let wrong = String(decoding: body, as: UTF8.self).replacing("321000", with: "\"321000\"")
        #expect(StatusAnswer(status: 200, body: Array(wrong.utf8), about: id).fault?.field == "gas_used")
    }

    @Test func `a pending intent has no figures`() {
        let body = LiquidationStatus(id: id, standing: .pending).encoded()
        #expect(
            String(decoding: body, as: UTF8.self) == #"{"id":"00000000000000000000000000000a1b","status":"pending"}"#)
        let answer = StatusAnswer(status: 200, body: body, about: id)
        #expect(answer.reply == .pending && answer.figures == nil)
    }

    @Test func `an ending without its figures is not believed`() {
        let body = Array(#"{"id":"00000000000000000000000000000a1b","status":"settled"}"#.utf8)
        let answer = StatusAnswer(status: 200, body: body, about: id)
        #expect(answer.reply == .unavailable && answer.fault?.field == "repaid")
    }

    @Test func `another intent's status is not believed`() {
        let body = LiquidationStatus(id: IntentID(bits: 1), standing: .pending).encoded()
        #expect(StatusAnswer(status: 200, body: body, about: id).reply == .unavailable)
    }

    @Test func `only the venue's own word makes an id unknown`() {
        let own = VenueFault(code: VenueFault.unknownID, detail: "").encoded()
        #expect(StatusAnswer(status: 404, body: own, about: id).reply == .unknownID)
        #expect(StatusAnswer(status: 404, body: Array(#"{"error":"unknown_id"}"#.utf8), about: id).reply == .unknownID)
        for body in ["", "<html>404</html>", #"{"error":"no_route"}"#] {
            #expect(StatusAnswer(status: 404, body: Array(body.utf8), about: id).reply == .unavailable)
        }
        for status in [401, 429, 500, 503] {
            #expect(StatusAnswer(status: status, body: own, about: id).reply == .unavailable)
        }
    }
}
