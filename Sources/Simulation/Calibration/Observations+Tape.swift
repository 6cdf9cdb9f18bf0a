import Domain
import Fees
import FeedProtocol
public import MCAP
import TapeContent
import Units

/// Tapes: what their frames and their history tell.
extension Observations {
    private static let liquidations = "aave_v2_liquidations"
    private static let auctions = "compound_v3_liquidations_oev"
    private static let known = [liquidations, auctions] + EtherPrices.columns.keys.sorted()

    /// - Parameters:
    ///   - title: what figures call it as their source.
    ///   - rules: names of the venues' rules, without which a market's records mean nothing.
    public mutating func read(
        _ file: MCAPFile, title: String, rules: [String], progress: (UInt64) -> Void = { _ in }
    ) throws {
        let kinds = file.definitions.channels.mapValues { TapeMessage($0) }
        var messages = MCAPMessages(file)
        var decoder = FeedDecoder(rules: rules)
        var gas = GasSeries()
        var inputs: ContiguousArray<Input> = []
        var auctions = AuctionRows()
        var (answered, included) = (AnsweredOrders(), IncludedOrders())
        var seen: UInt64 = 0
        try messages.forEach { message, data in
            seen += 1
            if seen & Self.progressMask == 0 { progress(seen) }
            guard let kind = kinds[message.channel] else { return }
            let isFrame = kind.withFrame(data) { topic, body in
                inputs.removeAll(keepingCapacity: true)
                _ = decoder.decode(topic: topic, body: body, into: &inputs)
            }
            if isFrame {
                takeLatency(message, title)
                for input in inputs {
                    if case .gas(let update) = input {
                        take(update, &gas, title)
                        included.take(update)
                    } else if case .block(let block) = input {
                        let market = decoder.directory.name(of: block.market)
                        included.take(block, of: market, publishedAt: Int64(clamping: message.publishTime))
                    }
                }
            } else if case .entry(let kind) = kind, let line = OrderLine(kind, data) {
                included.take(kind, line)
                guard let micros = answered.latency(kind, line) else { return }
                add(micros, to: .orderLatency, from: title)
                counts.answers += 1
            } else if kind == .entry(.history) {
                try take(history: data, at: Moment(nanoseconds: Int64(clamping: message.logTime)), &auctions, title)
            }
        }
        take(included, title)
        self.auctions += auctions.all
        counts.auctions += auctions.all.count
        if !auctions.all.isEmpty { note(title, for: .rivalTipShare) }
        counts.liquidators = rivals.winners
    }

    private static let progressMask: UInt64 = 4_095

    private mutating func takeLatency(_ message: MCAPMessage, _ title: String) {
        counts.frames += 1
        guard message.logTime > message.publishTime else {
            counts.framesWithoutLatency += 1
            return
        }
        add(Int64(clamping: (message.logTime - message.publishTime) / 1_000), to: .feedLatency, from: title)
    }

    private mutating func take(_ orders: IncludedOrders, _ title: String) {
        for (rank, key) in [(TipRank.high, ModelKey.inclusionHigh), (.median, .inclusionMedian), (.low, .inclusionLow)]
        {
            guard let found = orders.found[rank] else { continue }
            add(blocks: found.all, included: found.in, to: key, from: title)
        }
    }

    /// The last record of each market.
    private struct GasSeries { var last: [UInt16: UInt64] = [:] }

    private mutating func take(_ update: GasUpdate, _ gas: inout GasSeries, _ title: String) {
        counts.gasRecords += 1
        let (base, median) = (update.baseFee.weiPerGas, update.priorityFeeMedian.weiPerGas)
        if let before = gas.last.updateValue(base, forKey: UInt16(update.market.position)), before > 0 {
            add(Self.basisPoints(base, over: before) - 10_000, to: .baseFeeChange, from: title)
        }
        if base > 0 { add(Self.basisPoints(median, over: base), to: .priorityMedian, from: title) }
        guard median > 0 else { return }
        add(Self.basisPoints(update.priorityFeeHigh.weiPerGas, over: median), to: .priorityHigh, from: title)
    }

    private static func basisPoints(_ a: UInt64, over b: UInt64) -> Int64 {
        Int64(min((Double(a) / Double(b) * 10_000).rounded(), 1e9))
    }

    private mutating func take(
        history data: RawSpan, at moment: Moment, _ auctions: inout AuctionRows, _ title: String
    ) throws(CalibrationFault) {
        guard let line = try HistoryLine(data, of: Self.known) else { return }
        switch line.source {
        case Self.liquidations:
            let winner = try line.text("liquidator")
            guard !winner.isEmpty else {
                throw line.fault("liquidator", found: "nothing", allowed: "who liquidated")
            }
            rivals.add(winner, at: moment.nanoseconds)
            counts.liquidations += 1
            note(title, for: .rivalCount)
        case Self.auctions:
            if try !auctions.take(line, at: moment) { counts.withoutAuction += 1 }
        default:
            guard let column = EtherPrices.columns[line.source] else { return }
            let dollars = try line.number(column)
            guard dollars > 0 else { throw line.fault(column, found: "0") }
            ether.add(dollars, at: moment)
        }
    }
}

/// Rows of an auctions' recording, put together by transaction: the incentive stands in each of a transaction's rows and is that
/// of the whole, what was taken back is each row's own.
struct AuctionRows {
    private var order: [String] = []
    private var found: [String: Observations.Auction] = [:]

    var all: [Observations.Auction] { order.compactMap { found[$0] } }

    /// `false` for a liquidation that went through no auction.
    mutating func take(_ line: HistoryLine, at moment: Moment) throws(CalibrationFault) -> Bool {
        let routed = try line.text("svr_routed")
        guard routed == "true" else {
            guard routed == "false" || routed == "unknown" else {
                throw line.fault("svr_routed", found: routed, allowed: "true, false or unknown")
            }
            return false
        }
        let transaction = try line.text("tx_hash")
        let incentive = try line.number("available_incentive_usd")
        let recaptured = try line.number("gross_recaptured_eth")
        guard var known = found[transaction] else {
            order.append(transaction)
            found[transaction] = Observations.Auction(
                at: moment, incentiveDollars: incentive, recapturedEther: recaptured)
            return true
        }
        guard known.incentiveDollars == incentive else {
            throw line.fault(
                "available_incentive_usd", found: "\(incentive)",
                allowed: "\(known.incentiveDollars), as in the transaction's other rows")
        }
        known.recapturedEther += recaptured
        found[transaction] = known
        return true
    }
}
