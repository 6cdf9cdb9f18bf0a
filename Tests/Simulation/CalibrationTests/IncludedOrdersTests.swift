import Aave
import Domain
import Fees
import Foundation
import MCAP
import Paper
import TapeContent
import Testing
import Units
import Winning

@testable import Calibration

/// Inclusion as a run's own tape tells it, against the paper world's own count of the same orders.
@Suite struct IncludedOrdersTests {
    private static let keys: [ModelKey] = [.inclusionHigh, .inclusionMedian, .inclusionLow]

    /// A paper run's line, as far as its orders are concerned.
    private struct Line: Decodable {
        var kind, market, ending, fee_cap, priority_fee: String?
        var ordinal, deadline, block: UInt64?
        var at_ns, arrival_ns: Int64?
    }

    private static func decision(_ line: Line) throws -> DecisionEntry {
        let figures = BidFigures(
            repay: 1, seize: 1, protocolFee: 0, proceeds: 1, repayCost: 1, flashLoanFee: 0, gasCost: 0, tipWei: 0,
            gasWei: 0, netProfit: .zero)
        func price(_ text: String?) throws -> GasPrice {
            GasPrice(weiPerGas: try #require(text.flatMap(UInt64.init)))
        }
        let at = Moment(nanoseconds: try #require(line.at_ns))
        let intent = Intent(
            ordinal: try #require(line.ordinal), market: MarketIndex(0), account: AccountIndex(0), accountVersion: 1,
            collateral: ReserveIndex(0), debt: ReserveIndex(1), funding: .capital, figures: figures,
            gasLimit: GasUnits(1), feeCap: try price(line.fee_cap), priorityFee: try price(line.priority_fee),
            deadline: BlockNumber(try #require(line.deadline)), minimumMargin: .zero, triggeredAt: at)
        return DecisionEntry(
            at: at, market: try #require(line.market), account: "a", .submit(intent, collateral: "c", debt: "d"))
    }

    /// What a live run would have put on its tape beside the frames, had its orders gone the same way: the answer when the order arrived.
    private static func entries(_ log: Data) throws -> [(at: Moment, write: (inout TapeWriter) -> Void)] {
        var entries: [(at: Moment, write: (inout TapeWriter) -> Void)] = []
        for bytes in log.split(separator: UInt8(ascii: "\n")) {
            let line = try JSONDecoder().decode(Line.self, from: bytes)
            switch line.kind {
            case "submit":
                let entry = try decision(line)
                entries.append((entry.at, { $0.write(entry) }))
            case "sent":
                let entry = ResponseEntry(
                    at: Moment(nanoseconds: try #require(line.arrival_ns)), intent: "aa", ordinal: line.ordinal,
                    method: "POST", status: 202, meaning: "accepted", took: .milliseconds(1), bodyBytes: 2)
                entries.append((entry.at, { $0.write(entry) }))
            case "ended":
                let ending: IntentOutcome.Ending =
                    switch line.ending {
                    case "outbid": .outbid
                    case "late", "reverted": .reverted
                    case "expired": .expired
                    default: .settled
                    }
                let outcome = IntentOutcome(
                    ordinal: try #require(line.ordinal), ending: ending, repaid: 0, seized: 0, cash: .zero,
                    gasPaid: .zero,
                    block: BlockNumber(try #require(line.block)))
                // The venue tells of it half a second after the block.
                let entry = OutcomeEntry(
                    at: Moment(nanoseconds: try #require(line.at_ns)) + .milliseconds(500), outcome)
                entries.append((entry.at, { $0.write(entry) }))
            default: break
            }
        }
        return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private static func ownTape(_ day: MCAPFile, _ log: Data) throws -> MCAPFile {
        var (tape, waiting) = (TapeWriter(RunManifest()), try entries(log)[...])
        let kinds = day.definitions.channels.mapValues { TapeMessage($0) }
        var messages = MCAPMessages(day)
        try messages.forEach { message, data in
            let at = Moment(nanoseconds: Int64(clamping: message.logTime))
            while let next = waiting.first, next.at <= at {
                waiting.removeFirst()
                next.write(&tape)
            }
            _ = kinds[message.channel]?.withFrame(data) { topic, body in
                tape.write(
                    topic: topic, body: body, receivedAt: at,
                    publishedAt: Moment(nanoseconds: Int64(clamping: message.publishTime)), sequence: 0)
            }
        }
        for next in waiting { next.write(&tape) }
        tape.container.finish()
        return try MCAPFile(MemorySource(tape.container.output))
    }

    private static func preset() -> PaperPreset {
        var preset = PaperPreset.unhindered
        preset.orderLatency = Quantiles(from: 50_000, to: 300_000)
        preset.inclusionHigh = .basisPoints(8_000)
        preset.inclusionMedian = .basisPoints(6_000)
        preset.inclusionLow = .basisPoints(4_000)
        return preset
    }

    @Test func `a run's own tape tells of inclusion what the world that included counted`() throws {
        let day = try CalibrationWorld.tape()
        let log = try CalibrationWorld.log(day, Self.preset(), seed: 3, bids: true)
        var (byWorld, byTape) = (Observations(seed: 1), Observations(seed: 1))
        try byWorld.read(log: log, named: "log", title: "a run")
        try byTape.read(try Self.ownTape(day, log), title: "a run", rules: AaveRules.names)
        for key in Self.keys {
            let (world, tape) = (byWorld.trials[key], byTape.trials[key])
            #expect(world?.all == tape?.all && world?.in == tape?.in, "\(key): \(world as Any), \(tape as Any)")
        }
        #expect(Self.keys.compactMap { byTape.trials[$0]?.all }.reduce(0, +) > 100)
        #expect(Self.keys.contains { key in byTape.trials[key].map { $0.in > 0 && $0.in < $0.all } ?? false })
    }

    // A market at 100 gwei whose median tip is 2 and whose high is 5, and an order that tips 3 and pays at most 110.
    private static func orders(baseFees: [UInt64], answeredAt: Int64?, ending: String, in block: UInt64) throws
        -> [TipRank: (all: UInt64, in: UInt64)]
    {
        let market = MarketIndex(0)
        func gwei(_ count: UInt64) -> GasPrice { GasPrice(weiPerGas: count * 1_000_000_000) }
        func line(_ kind: TapeKind, _ text: String) throws -> OrderLine {
            let line = OrderLine(kind, text.utf8Span.span.bytes)
            return try #require(line)
        }
        var orders = IncludedOrders()
        orders.take(
            .decisions,
            try line(
                .decisions,
                #"{"kind":"submit","at_ns":5,"market":"m","ordinal":7,"fee_cap":"110000000000","priority_fee":"3000000000","deadline":14}"#
            ))
        if let answeredAt {
            let text = #"{"at_ns":\#(answeredAt),"ordinal":7,"method":"POST","status":202}"#
            orders.take(.responses, try line(.responses, text))
        }
        for (number, baseFee) in baseFees.enumerated() {
            let height = 10 + UInt64(number)
            orders.take(
                GasUpdate(
                    market: market, baseFee: gwei(baseFee), priorityFeeMedian: gwei(2), priorityFeeHigh: gwei(5)))
            let update = BlockUpdate(market: market, number: BlockNumber(height), timestamp: .start)
            orders.take(update, of: "m", publishedAt: Int64(number + 1) * 10)
            orders.take(update, of: "another", publishedAt: Int64(number + 1) * 10)
        }
        let text = #"{"at_ns":900,"ordinal":7,"ending":"\#(ending)","block":\#(block)}"#
        orders.take(.outcomes, try line(.outcomes, text))
        return orders.found
    }

    @Test(
        arguments: [
            // Left out of two blocks, then in the third; what came later says nothing.
            ([100, 100, 100, 100], 5, "settled", 12, 3, 1),
            // A failed call was in its block as well.
            ([100, 100, 100, 100], 5, "reverted", 11, 2, 1),
            // Not in any, up to its deadline.
            ([100, 100, 100, 100, 100, 100], 5, "expired", 14, 5, 0),
            // The base fee lets it into the first and the last only.
            ([100, 111, 120, 110], 5, "settled", 13, 2, 1),
            // The answer came after the second block was made.
            ([100, 100, 100, 100], 21, "settled", 12, 1, 1),
            // It was in a block before the answer came.
            ([100, 100, 100, 100], 25, "settled", 11, 0, 0),
            ([100, 100, 100, 100], nil, "settled", 12, 0, 0),
            ([100, 100, 100, 100], 5, "rejected", 10, 0, 0),
        ] as [([UInt64], Int64?, String, UInt64, UInt64, UInt64)])
    func `blocks that an order could have been in`(
        baseFees: [UInt64], answeredAt: Int64?, ending: String, block: UInt64, all: UInt64, included: UInt64
    ) throws {
        let found = try Self.orders(baseFees: baseFees, answeredAt: answeredAt, ending: ending, in: block)
        #expect(found.values.reduce(0) { $0 + $1.all } == all, "\(found)")
        #expect(found.values.reduce(0) { $0 + $1.in } == included, "\(found)")
        // What the cap leaves for the tip is what counts: nothing, where the base fee is all of it.
        #expect((found[.low]?.all ?? 0) == (baseFees.contains(110) ? 1 : 0) && found[.high] == nil)
    }
}
