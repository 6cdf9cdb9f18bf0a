public import Foundation
import Units

/// Logs of `bailiff paper --log`, and logs of decisions (`bailiff replay --log`): JSON objects, one a line.
extension ParityRun {
    /// Lines past which a log is refused.
    public static let linesMax = 20_000_000

    /// Fields of every kind of line; others are left alone.
    private struct Line: Decodable {
        var kind, market, account, reason, ending, by, preset: String?
        var tape_sha256, cash_token: String?
        var collateral, debt, repay, funding, repaid: String?
        var cash, gas_paid, gas_value, gas_cost, gas_wei, profit: String?
        var ordinal, block, format, cash_decimals, priced_out: UInt64?
        var at_ns, arrival_ns: Int64?

        var at: Moment? { at_ns.map { Moment(nanoseconds: $0) } }
        var name: AccountName? {
            guard let market, let account else { return nil }
            return AccountName(market: market, account: account)
        }
    }

    /// Where the bid with an ordinal stands.
    private struct Place { var name: AccountName, position: Int }

    private struct Reading {
        var places: [UInt64: Place] = [:]
        var arrivals: [UInt64: Moment] = [:]
        var told: Cash?
        var begins = false
    }

    /// - Parameter log: what faults call it.
    public init(reading data: Data, named log: String) throws(ParityFault) {
        self.init()
        var reading = Reading()
        var number = 0
        let decoder = JSONDecoder()
        for bytes in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            number += 1
            guard number <= Self.linesMax else {
                throw ParityFault(.tooLong, log, line: number, found: "more", allowed: "\(Self.linesMax) lines")
            }
            guard let line = try? decoder.decode(Line.self, from: bytes), take(line, &reading) else {
                throw ParityFault(
                    .badLine, log, line: number, found: String(decoding: bytes.prefix(80), as: UTF8.self),
                    allowed: "a line that `bailiff paper --log` or `bailiff replay --log` writes")
            }
        }
        profit = accounts.values.reduce(.zero) { $0 + $1.bids.reduce(.zero) { $0 + $1.net } }
        if reading.begins, reading.told == nil {
            throw ParityFault(.notWhole, log, found: "no line of kind end", allowed: "the log of a run that has ended")
        }
        if let told = reading.told, told != profit {
            throw ParityFault(
                .doesNotAddUp, log, found: "endings of \(profit.units), a profit of \(told.units)",
                allowed: "endings that add up to the profit")
        }
    }

    /// `false` when something is missing from the line.
    private mutating func take(_ line: Line, _ reading: inout Reading) -> Bool {
        switch line.kind {
        case "run":
            (tape, preset, reading.begins) = (line.tape_sha256, line.preset, true)
            return line.format == 1
        case "end":
            guard let profit = line.profit.flatMap({ Int128($0) }) else { return false }
            reading.told = Cash(units: profit)
            (cash, cashDecimals) = (line.cash_token, line.cash_decimals.map { UInt8(clamping: $0) })
            return true
        case "sent":
            guard let ordinal = line.ordinal, let arrival = line.arrival_ns else { return false }
            reading.arrivals[ordinal] = Moment(nanoseconds: arrival)
            return true
        case "ended": return end(line, isFinal: true, reading)
        // What became of opportunities is for readers: its money is that of the endings.
        case "closed": return true
        case nil where line.ending != nil: return end(line, isFinal: false, reading)
        default: return take(accounts: line, &reading)
        }
    }

    private mutating func take(accounts line: Line, _ reading: inout Reading) -> Bool {
        guard let name = line.name, let at = line.at else { return false }
        var account = accounts[name] ?? ParityAccount()
        defer { accounts[name] = account }
        switch line.kind {
        case "crossed": account.spans.append((at, nil))
        case "recovered":
            if let last = account.spans.indices.last { account.spans[last].to = at }
        case "submit":
            guard var bid = Self.bid(line, at) else { return false }
            bid.arrival = reading.arrivals.removeValue(forKey: bid.ordinal)
            reading.places[bid.ordinal] = Place(name: name, position: account.bids.count)
            account.bids.append(bid)
        case "taken":
            guard let by = line.by, let repaid = line.repaid else { return false }
            account.takes.append(ParityTake(at: at, by: by, repaid: repaid))
        case nil:
            guard let reason = line.reason else { return false }
            account.refusals.append((at, reason))
        default: return false
        }
        return true
    }

    private static func bid(_ line: Line, _ at: Moment) -> ParityBid? {
        guard let ordinal = line.ordinal, let collateral = line.collateral, let debt = line.debt,
            let repay = line.repay, let funding = line.funding, let cost = line.gas_cost.flatMap({ UInt128($0) }),
            let wei = line.gas_wei.flatMap({ UInt128($0) })
        else { return nil }
        let decision = ParityBid.Decision(collateral: collateral, debt: debt, repay: repay, funding: funding)
        return ParityBid(ordinal: ordinal, at: at, decision: decision, gasRate: (cost, wei))
    }

    /// The venue's own word on an ending stands; what the bot heard of it later is left aside.
    private mutating func end(_ line: Line, isFinal: Bool, _ reading: Reading) -> Bool {
        guard let ordinal = line.ordinal, let at = line.at, let word = line.ending, let block = line.block,
            let cash = line.cash.flatMap({ Int128($0) }), let paid = line.gas_paid.flatMap({ UInt128($0) }),
            let place = reading.places[ordinal], let bid = accounts[place.name]?.bids[place.position]
        else { return false }
        guard isFinal || !(bid.ending?.isFinal ?? false) else { return true }
        let told = line.gas_value.flatMap { Int128($0) }.map { Cash(units: $0) }
        guard let gas = told ?? Self.value(of: paid, at: bid.gasRate) else { return false }
        accounts[place.name]?.bids[place.position].ending = ParityBid.Ending(
            word: word, at: at, block: block, cash: Cash(units: cash), gas: gas, pricedOut: line.priced_out ?? 0,
            isFinal: isFinal)
        return true
    }

    /// Below zero; rounded up.
    private static func value(of wei: UInt128, at rate: (cash: UInt128, wei: UInt128)) -> Cash? {
        guard wei > 0, rate.wei > 0 else { return .zero }
        let cost = UInt256(wei).multiplied(by: UInt256(rate.cash), dividedRoundingUpBy: UInt256(rate.wei))?.asUInt128
        guard let cost, cost <= UInt128(Int128.max) else { return nil }
        return .cost(cost)
    }
}
