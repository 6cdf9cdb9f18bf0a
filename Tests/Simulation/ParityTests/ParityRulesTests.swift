import Foundation
import Testing
import Units

@testable import Parity

/// A log written by hand: one account, one crossing, and what is added.
private struct Log {
    private(set) var lines: [String] = [#"{"kind":"run","format":1,"tape_sha256":"t","preset":"default","seed":1}"#]
    private var profit = 0

    init(tape: String = "t") {
        lines[0] = lines[0].replacingOccurrences(of: #":"t""#, with: #":"\#(tape)""#)
        decision("crossed", at: 100)
    }

    private mutating func decision(_ kind: String, at: Int, _ more: String = "") {
        lines.append(#"{"kind":"\#(kind)","at_ns":\#(at),"market":"m","account":"a"\#(more)}"#)
    }

    mutating func bid(_ ordinal: Int = 0, repay: Int = 1_000, at: Int = 100, arrival: Int = 150) {
        lines.append(#"{"kind":"sent","at_ns":\#(at),"ordinal":\#(ordinal),"arrival_ns":\#(arrival)}"#)
        decision(
            "submit", at: at,
            #","ordinal":\#(ordinal),"collateral":"ETH","debt":"USD","repay":"\#(repay)","funding":"flash_loan""#
                + #","gas_cost":"10","gas_wei":"100""#)
    }

    mutating func end(
        _ word: String = "settled", ordinal: Int = 0, cash: Int, gas: Int = -10, at: Int = 200, block: Int = 1,
        pricedOut: Int = 0
    ) {
        profit += cash + gas
        decision(
            "ended", at: at,
            #","ordinal":\#(ordinal),"ending":"\#(word)","block":\#(block),"cash":"\#(cash)","gas_paid":"100""#
                + #","gas_value":"\#(gas)","priced_out":\#(pricedOut)"#)
    }

    mutating func taken(at: Int) { decision("taken", at: at, #","by":"rival 1","repaid":"500""#) }
    mutating func refuse(at: Int, _ reason: String) {
        lines.append(#"{"at_ns":\#(at),"market":"m","account":"a","reason":"\#(reason)"}"#)
    }

    func run(profit other: Int? = nil) throws -> ParityRun {
        let end = #"{"kind":"end","profit":"\#(other ?? profit)","cash_token":"USD","cash_decimals":6}"#
        return try ParityRun(reading: Data((lines + [end]).joined(separator: "\n").utf8), named: "log")
    }
}

/// Rule by rule, by hand.
@Suite struct ParityRulesTests {
    /// What is not nothing, by cause.
    private func causes(_ first: Log, _ second: Log) throws -> [ParityCause: Int128] {
        let report = try ParityReport(first.run(), second.run())
        let all = ParityCause.allCases.map { ($0, report.money(of: $0).units) }
        return Dictionary(uniqueKeysWithValues: all.filter { $0.1 != 0 })
    }

    private func settled(cash: Int = 500, gas: Int = -10) -> Log {
        var log = Log()
        log.bid()
        log.end(cash: cash, gas: gas)
        return log
    }

    @Test func `the same outcome with other gas and other proceeds is gas and execution, apart`() throws {
        #expect(try causes(settled(), settled(cash: 480, gas: -13)) == [.gas: -3, .execution: -20])
    }

    @Test func `an order that came after the other had landed is latency, settled or lost`() throws {
        var later = Log()
        later.bid(arrival: 250)
        later.end(cash: 450, at: 300, block: 2)
        #expect(try causes(settled(), later) == [.latency: -50])
        var lost = Log()
        lost.bid(arrival: 250)
        lost.taken(at: 200)
        lost.end("late", cash: 0, gas: -3, at: 300, block: 2)
        #expect(try causes(settled(), lost) == [.latency: -493])
        #expect(try causes(lost, settled()) == [.latency: 493])
    }

    @Test func `an order that was there in time and was taken from is rivals`() throws {
        var lost = Log()
        lost.bid()
        lost.taken(at: 200)
        lost.end("outbid", cash: 0, gas: -3)
        #expect(try causes(settled(), lost) == [.rivals: -493])
    }

    @Test func `an order that chance left out and that was taken from later is execution`() throws {
        var lost = Log()
        lost.bid()
        lost.taken(at: 300)
        lost.end("outbid", cash: 0, gas: -3, at: 300, block: 2)
        #expect(try causes(settled(), lost) == [.execution: -493])
    }

    @Test func `an order below the base fee is gas`() throws {
        var dear = Log()
        dear.bid()
        dear.end("expired", cash: 0, gas: 0, at: 400, block: 3, pricedOut: 3)
        #expect(try causes(settled(), dear) == [.gas: -490])
    }

    @Test func `another size, a refusal with its reason, and nothing at all are decisions`() throws {
        var smaller = Log()
        smaller.bid(repay: 900)
        smaller.end(cash: 400)
        #expect(try causes(settled(), smaller) == [.decision: -100])
        var refused = Log()
        refused.refuse(at: 100, "belowMinimumProfit")
        let report = try ParityReport(settled().run(), refused.run())
        #expect(report.money(of: .decision).units == -490)
        #expect(report.causes.first?.details == ["refused: belowMinimumProfit": "-490"])
        #expect(try ParityReport(settled().run(), Log().run()).causes.first?.details == ["not decided": "-490"])
    }

    @Test func `what follows from a lost bid has the lost bid's cause`() throws {
        var again = Log()
        again.bid(arrival: 250)
        again.end("reverted", cash: 0, gas: -3, at: 300, block: 2)
        again.bid(1, repay: 700, at: 310, arrival: 320)
        again.end(ordinal: 1, cash: 300, at: 400, block: 3)
        #expect(try causes(settled(), again) == [.latency: -203])
    }

    @Test func `logs that are cut, do not add up, or are of another tape are refused`() throws {
        #expect(throws: ParityFault.self) { try settled().run(profit: 1) }
        let cut = Data(settled().lines.joined(separator: "\n").utf8)
        #expect { try ParityRun(reading: cut, named: "l") } throws: { ($0 as? ParityFault)?.code == .notWhole }
        #expect { try ParityRun(reading: Data("{}".utf8), named: "l") } throws: {
            ($0 as? ParityFault)?.code == .badLine && ($0 as? ParityFault)?.line == 1
        }
        #expect { try ParityReport(settled().run(), Log(tape: "u").run()) } throws: {
            ($0 as? ParityFault)?.code == .otherTape
        }
    }
}
