import Foundation
import Testing
import Units

@testable import Parity

/// Logs by hand, and where they part.
@Suite struct DecisionComparisonTests {
    private func crossed(_ account: String, at: Int) -> String {
        #"{"kind":"crossed","at_ns":\#(at),"market":"m","account":"\#(account)"}"#
    }

    private func bid(_ account: String, at: Int, ordinal: Int = 0, repay: Int = 5) -> String {
        #"{"kind":"submit","at_ns":\#(at),"market":"m","account":"\#(account)","ordinal":\#(ordinal),"collateral":"ETH","#
            + #""debt":"USD","funding":"capital","repay":"\#(repay)","gas_cost":"10","gas_wei":"100"}"#
    }

    private func refused(_ account: String, at: Int, _ reason: String) -> String {
        #"{"at_ns":\#(at),"market":"m","account":"\#(account)","reason":"\#(reason)"}"#
    }

    private func ended(_ ordinal: Int, at: Int, cash: Int) -> String {
        #"{"at_ns":\#(at),"ordinal":\#(ordinal),"ending":"settled","repaid":"5","seized":"6","cash":"\#(cash)","#
            + #""gas_paid":"100","block":7}"#
    }

    private func log(_ lines: String...) -> Data { Data((lines.joined(separator: "\n") + "\n").utf8) }

    @Test func `the same lines are identical, and a figure more is not`() {
        let whole = log(crossed("a", at: 1), bid("a", at: 1), ended(0, at: 2, cash: 50), refused("b", at: 3, "halted"))
        let same = DecisionComparison(whole, whole)
        #expect(same.isIdentical && same.firstDivergence == nil)
        #expect(same.decisions == .init(matched: 2, onlyFirst: 0, onlySecond: 0) && same.refusals.matched == 1)
        let other = log(crossed("a", at: 1), bid("a", at: 1), ended(0, at: 2, cash: 51), refused("b", at: 3, "halted"))
        let found = DecisionComparison(whole, other)
        #expect(!found.isIdentical && found.firstDivergence == nil && found.decisions == same.decisions)
    }

    @Test func `what only one decided is counted on its side, and where they part is told with both lines`() {
        let first = log(crossed("a", at: 1), bid("a", at: 1), refused("b", at: 3, "halted"), crossed("c", at: 4))
        let second = log(crossed("a", at: 9), bid("a", at: 9, repay: 6), crossed("c", at: 10), crossed("d", at: 11))
        let found = DecisionComparison(first, second)
        #expect(found.decisions == .init(matched: 2, onlyFirst: 1, onlySecond: 2))
        #expect(found.refusals == .init(matched: 0, onlyFirst: 1, onlySecond: 0))
        let place = found.firstDivergence
        #expect(place?.number == 2 && place?.first?.contains(#""repay":"5""#) == true)
        #expect(place?.second?.contains(#""repay":"6""#) == true && !found.isIdentical)
    }

    @Test func `the same decision twice is matched twice, and a log that ends first parts there`() {
        let first = log(crossed("a", at: 1), crossed("a", at: 2), crossed("a", at: 3))
        let second = log(crossed("a", at: 1), crossed("a", at: 2))
        let found = DecisionComparison(first, second)
        #expect(found.decisions == .init(matched: 2, onlyFirst: 1, onlySecond: 0))
        #expect(found.firstDivergence?.number == 3 && found.firstDivergence?.second == nil)
    }

    @Test func `lines of a paper log that are no decisions stand in no one's way`() {
        let notes = [
            #"{"kind":"run","format":1,"tape_sha256":"t"}"#, #"{"kind":"sent","ordinal":0,"arrival_ns":3}"#,
            #"{"kind":"taken","at_ns":3,"market":"m","account":"a","by":"rival 1","repaid":"5"}"#,
        ]
        let first = log(notes[0], crossed("a", at: 1), notes[1], notes[2])
        #expect(DecisionComparison(first, log(crossed("a", at: 1))).isIdentical)
    }

    @Test func `a run's own tape has its money, its arrivals, and no outcome of a bid that is not on it`() throws {
        let whole = log(
            ended(9, at: 1, cash: 7_000), crossed("a", at: 1), bid("a", at: 1), ended(0, at: 20, cash: 500))
        let answered = [UInt64(0): Moment(nanoseconds: 30)]
        let late = try ParityRun(recorded: whole, named: "run", answered: answered, tape: "t", mode: "live")
        #expect(late.tape == "t" && late.preset == "live")
        // 500 of cash, less 100 of gas at 10 for 100.
        #expect(late.profit == Cash(units: 490))
        let lost = log(
            crossed("a", at: 1), bid("a", at: 1), ended(0, at: 20, cash: 0).replacing("settled", with: "outbid"))
        let live = try ParityRun(recorded: lost, named: "run", answered: answered, tape: "t", mode: "live")
        let paper = try ParityRun(
            reading: log(crossed("a", at: 1), bid("a", at: 1), ended(0, at: 20, cash: 500)), named: "p")
        // It had not arrived before the other had landed: that is latency.
        let report = try ParityReport(paper, live)
        #expect(report.money(of: .latency) == Cash(units: -500) && report.difference == "-500")
        let quick = try ParityRun(recorded: lost, named: "run", answered: [:], tape: "t", mode: "live")
        #expect(try ParityReport(paper, quick).money(of: .execution) == Cash(units: -500))
    }
}
