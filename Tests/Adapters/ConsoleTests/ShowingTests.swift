import Synchronization
import Testing
import Units

@testable import Console

@Suite struct FormattingTests {
    @Test(
        arguments: [
            (0, "0 ns"), (999, "999 ns"), (1_000, "1 µs"), (1_250, "1.25 µs"), (1_500_000, "1.5 ms"),
            (-2_050_000, "-2.05 ms"),
            (59_999_999_999, "59.99 s"), (125_000_000_000, "2 min 5 s"), (7_500_000_000_000, "2 h 5 min"),
            (Int64.min, "-2562047 h 47 min"),
        ] as [(Int64, String)])
    func `a length of time has the unit that fits`(nanoseconds: Int64, text: String) {
        #expect(Interval(nanoseconds: nanoseconds).text == text)
    }

    struct Money: Sendable {
        let units: Int64, decimals: UInt8, text: String
    }

    @Test(arguments: [
        Money(units: 0, decimals: 6, text: "0.00"), Money(units: 1_234_567_890, decimals: 6, text: "1,234.56"),
        Money(units: -1_234_569_999, decimals: 6, text: "-1,234.56"), Money(units: 9_999, decimals: 6, text: "0.00"),
        Money(units: -9_999, decimals: 6, text: "0.00"), Money(units: 5, decimals: 0, text: "5.00"),
        Money(units: 15, decimals: 1, text: "1.50"), Money(units: 1_000_000, decimals: 0, text: "1,000,000.00"),
    ])
    func `money is cut to cents, towards zero`(money: Money) {
        #expect(Cash(units: Int128(money.units)).text(decimals: money.decimals) == money.text)
    }

    @Test func `thousands are set apart`() {
        #expect([0, 999, 1_000, 1_234_567].map { ($0 as UInt64).grouped } == ["0", "999", "1,000", "1,234,567"])
    }

    @Test func `columns align, numbers to the right, and no line ends in blanks`() {
        let table = TextTable(
            header: ["ending", "count", "note"], rows: [["settled", "12", ""], ["outbid", "3", "x"]])
        #expect(table.text == "ending   count  note\nsettled     12\noutbid       3  x\n")
    }
}

@Suite struct LatencyHistogramTests {
    @Test(arguments: 0..<20)
    func `a quantile is never below the truth and at most an eighth above`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var histogram = LatencyHistogram()
        var values: [Int64] = []
        for _ in 0..<1_000 {
            let value = Int64(generator.next() >> (1 + generator.below(62)))
            values.append(value)
            histogram.record(Interval(nanoseconds: value))
        }
        values.sort()
        for share in [0.01, 0.5, 0.9, 0.99, 1] {
            let truth = values[Int((share * 1_000).rounded(.up)) - 1]
            let found = histogram.quantile(share)?.nanoseconds ?? -1
            #expect(found >= truth && Double(found) <= Double(truth) * 1.125 + 1, "seed \(seed), share \(share)")
        }
    }

    @Test func `every bucket begins where the last one ended`() {
        for bucket in 0..<480 {
            let edge = UInt64(LatencyHistogram.upperEdge(of: bucket))
            #expect(LatencyHistogram.bucket(of: edge) == bucket)
            #expect(LatencyHistogram.bucket(of: edge + 1) == bucket + 1)
        }
    }

    @Test func `nothing recorded has no quantile, and a clock set back counts as no time`() {
        var histogram = LatencyHistogram()
        #expect(histogram.median == nil)
        histogram.record(Interval(nanoseconds: -5))
        #expect(histogram.p99 == Interval(nanoseconds: 0))
    }

    @Test func `two histograms add up`() {
        var a = LatencyHistogram(), b = LatencyHistogram()
        a.record(.milliseconds(1))
        b.record(.milliseconds(9))
        a.add(b)
        #expect(a.count == 2 && a.longest == .milliseconds(9))
    }
}

@Suite struct ProgressLineTests {
    @Test func `on a terminal the line is rewritten, no more often than its pace`() {
        let shown = Shown()
        var line = ProgressLine(tag: "paper", isTerminal: true) { shown.add($0) }
        line.show("one", at: .start)
        line.show("two", at: .start + .milliseconds(99))
        line.show("three", at: .start + .milliseconds(100))
        line.show("four", at: .start + .milliseconds(150))
        line.finish()
        #expect(shown.all == ["\r[paper] one\u{1b}[K", "\r[paper] three\u{1b}[K", "\r[paper] four\u{1b}[K", "\n"])
    }

    @Test func `in a log it is a line of its own, now and then, without control characters`() {
        let shown = Shown()
        var line = ProgressLine(tag: "live", isTerminal: false) { shown.add($0) }
        line.show("one", at: .start)
        line.show("two", at: .start + .seconds(9))
        line.show("three", at: .start + .seconds(10))
        line.finish()
        line.finish()
        #expect(shown.all == ["[live] one\n", "[live] three\n"])
    }
}

private final class Shown: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
