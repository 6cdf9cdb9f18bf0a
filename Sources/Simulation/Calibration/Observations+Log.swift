public import Foundation
import Units

/// Logs of `bailiff paper --log`: what became of orders, ours and others'.
extension Observations {
    public static let linesMax = 20_000_000

    private struct Line: Decodable {
        var kind, by, included: String?
        var market, account, ending: String?
        var cash, base_offered, tip_offered: String?
        var format, block, left_out_high, left_out_median, left_out_low: UInt64?
        var at_ns, crossed_ns, arrival_ns: Int64?
    }

    /// An account's crossing that a rival answered: a rival that comes again has not come anew.
    private struct Answer: Hashable { var market, account, by: String, crossed: Int64 }

    /// What a log's lines are read with.
    private struct Reading {
        var answered: Set<Answer> = []
        /// Of the last block and market in which anything was taken: how much, and the rivals' shares.
        var block: UInt64?
        var market: String?
        var takings = 0
        var shares: [Int64] = []
    }

    /// - Parameter title: what figures call it as their source.
    public mutating func read(log data: Data, named log: String, title: String) throws(CalibrationFault) {
        let decoder = JSONDecoder()
        var reading = Reading()
        var (number, begins, ends) = (0, false, false)
        for bytes in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            number += 1
            guard number <= Self.linesMax else {
                throw CalibrationFault(.tooLong, log, line: number, found: "more", allowed: "\(Self.linesMax) lines")
            }
            guard let line = try? decoder.decode(Line.self, from: bytes), take(line, &reading, title) else {
                throw CalibrationFault(
                    .badLine, log, line: number, found: String(decoding: bytes.prefix(80), as: UTF8.self),
                    allowed: "a line that `bailiff paper --log` writes")
            }
            begins = begins || line.kind == "run"
            ends = line.kind == "end"
        }
        close(&reading, title)
        counts.logLines += UInt64(number)
        guard begins, ends else {
            throw CalibrationFault(
                .notWhole, log, line: number, found: "no line of kind \(begins ? "end" : "run")",
                allowed: "the log of a run that has ended")
        }
    }

    /// `false` when something is missing from the line.
    private mutating func take(_ line: Line, _ reading: inout Reading, _ title: String) -> Bool {
        switch line.kind {
        case "run": return line.format == 1
        case "sent":
            guard let at = line.at_ns, let arrival = line.arrival_ns, arrival >= at else { return false }
            add((arrival - at) / 1_000, to: .orderLatency, from: title)
        case "ended":
            guard let high = line.left_out_high, let median = line.left_out_median, let low = line.left_out_low
            else { return false }
            if line.ending?.hasPrefix("settled") ?? false { open(line, &reading, title) }
            for (key, left, rank) in [
                (ModelKey.inclusionHigh, high, "high"), (.inclusionMedian, median, "median"),
                (.inclusionLow, low, "low"),
            ] {
                let included: UInt64 = line.included == rank ? 1 : 0
                add(blocks: left + included, included: included, to: key, from: title)
            }
        case "taken": return take(taken: line, &reading, title)
        default: break
        }
        return true
    }

    /// Recorded winners have no name and no latency of their own here: only made-up ones count.
    private mutating func take(taken line: Line, _ reading: inout Reading, _ title: String) -> Bool {
        guard let by = line.by, let at = line.at_ns, let crossed = line.crossed_ns, let arrival = line.arrival_ns,
            let market = line.market, let account = line.account, let cash = line.cash.flatMap(Double.init),
            line.block != nil, let base = line.base_offered.flatMap(Double.init),
            let tip = line.tip_offered.flatMap(Double.init)
        else { return false }
        open(line, &reading, title)
        guard by.hasPrefix("rival "), arrival >= crossed,
            reading.answered.insert(Answer(market: market, account: account, by: by, crossed: crossed)).inserted
        else { return true }
        rivals.add(by, at: at)
        counts.liquidators = rivals.winners
        counts.liquidations += 1
        note(title, for: .rivalCount)
        add((arrival - crossed) / 1_000, to: .rivalLatency, from: title)
        let stake = cash - base
        if stake > 0 { reading.shares.append(Int64(min((tip / stake * 10_000).rounded(), 1e9))) }
        return true
    }

    /// Something was taken in this block.
    private mutating func open(_ line: Line, _ reading: inout Reading, _ title: String) {
        if line.block != reading.block || line.market != reading.market { close(&reading, title) }
        (reading.block, reading.market) = (line.block, line.market)
        reading.takings += 1
    }

    /// Only who took alone in a block got what the bid was made for: sales before it in the block lower what is gained, and the
    /// share of that would seem larger than what was bid. That says nothing of the bid itself: others' accounts crossed by chance.
    private mutating func close(_ reading: inout Reading, _ title: String) {
        if reading.takings == 1 { for share in reading.shares { add(share, to: .rivalTipShare, from: title) } }
        (reading.takings, reading.shares) = (0, [])
    }
}
