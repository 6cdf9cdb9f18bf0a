import Margin
import Domain
import Episodes
import FeedProtocol
import Foundation
import Mechanisms
import Units

/// A liquidation that really happened, as it lies among a tape's history: who, which pair, how much.
///
/// Source: rows of `aave_v2_liquidations`. The account on the tape has the user's name, or that and `#2` and so on when there
/// are several events of one user.
struct RecordedRow: Sendable {
    let at: Moment
    let user: String
    let collateral: String
    let debt: String
    /// Whole tokens, in decimal digits.
    let repaid: String

    private struct Line: Decodable {
        var source: String
        var header: String
        var row: String
    }

    /// `nil` for rows of anything else.
    init?(_ line: RawSpan, at: Moment) {
        let isLiquidation = line.withUnsafeBytes { bytes in
            bytes.count > Self.mark.count && bytes[..<Self.mark.count].elementsEqual(Self.mark)
        }
        guard isLiquidation else { return nil }
        let bytes = line.withUnsafeBytes { Data($0) }
        guard let found = try? JSONDecoder().decode(Line.self, from: bytes) else { return nil }
        let names = found.header.split(separator: ",", omittingEmptySubsequences: false)
        let fields = found.row.split(separator: ",", omittingEmptySubsequences: false)
        func field(_ name: String) -> String? {
            names.firstIndex { $0 == name }.flatMap { $0 < fields.count ? String(fields[$0]) : nil }
        }
        guard let user = field("user"), let collateral = field("collateral"), let debt = field("debt"),
            let repaid = field("debt_amount")
        else { return nil }
        (self.at, self.user, self.collateral, self.debt, self.repaid) = (at, user, collateral, debt, repaid)
    }

    /// How such lines begin: most rows of a history are of other sources, and are not worth decoding.
    private static let mark = Array(#"{"source":"aave_v2_liquidations""#.utf8)
    /// Events of one user that are looked for.
    static let namesakesMax = 64
}

extension PaperWorld {
    /// The recorded winner's order, on the account that fits it best.
    mutating func place(_ row: RecordedRow, _ directory: borrowing FeedDirectory) {
        guard let found = account(of: row, directory), let gas = market(found.market).flatMap({ trueGas($0) }),
            let block = market(found.market)?.block
        else {
            counters.recordedUnmatched += 1
            return
        }
        othersSent += 1
        let tip = gas.priorityFeeHigh
        _ = submit(
            PaperOrder(
                number: othersSent, party: .recorded, market: found.market, account: found.account, pair: found.pair,
                repay: found.repay, funding: .flashLoan, gasLimit: GasUnits(500_000), feeCap: gas.baseFee + tip,
                priorityFee: tip, deadline: block + 2, arrival: row.at))
    }

    private struct Match {
        var market: MarketIndex
        var account: AccountIndex
        var pair: LiquidationPair
        var repay: TokenAmount
        var apart: TokenAmount
    }

    /// Of the user's accounts with that pair the one whose debt is nearest to twice what was repaid: accounts are derived so.
    private func account(of row: RecordedRow, _ directory: borrowing FeedDirectory) -> Match? {
        var best: Match?
        for position in markets.indices {
            let market = MarketIndex(position)
            guard let collateral = directory.reserve(named: row.collateral, in: market),
                let debt = directory.reserve(named: row.debt, in: market),
                let decimals = watch.reserves.row(debt)?.decimals,
                let repay = DecimalText.units(row.repaid.utf8, decimals: decimals), repay > 0,
                repay < TokenAmount(Int128.max) / 2
            else { continue }
            let pair = LiquidationPair(collateral: collateral, debt: debt)
            for number in 1...RecordedRow.namesakesMax {
                let name = number == 1 ? row.user : "\(row.user)#\(number)"
                guard let account = directory.account(named: name, in: market) else { break }
                let legs = held(account)
                let owed = legs.amount(at: FactorIndex(debt, .debt))
                guard owed > 0, legs.amount(at: FactorIndex(collateral, .collateral)) > 0 else { continue }
                let apart = owed > repay * 2 ? owed - repay * 2 : repay * 2 - owed
                if best.map({ apart < $0.apart }) ?? true {
                    best = Match(market: market, account: account, pair: pair, repay: repay, apart: apart)
                }
            }
        }
        return best
    }
}
