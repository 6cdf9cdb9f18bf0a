import Console
import Domain
import Engine
import Margin
import Replay
import Units

/// A decision on an account, reconstructed. Amounts are in smallest units, as text; prices at 10^8 a unit of account.
struct ExplainReport: Encodable {
    let account, market: String
    let atNanoseconds: UInt64
    let version: UInt64
    let legs: [Leg]
    let health: [String: String]
    /// In typical moves of its prices; below zero is beyond the edge.
    let distance: Double?
    let state: [String: String]
    let offers: [[String: String]]
    let verdict: [String: String]
    /// The last decisions about the account up to then, as the decision log has them.
    let history: [String]

    struct Leg: Encodable {
        let asset, side, amount: String
        let price: String?
        let pricedAtNanoseconds: Int64?
        let pricedBy: [String]
    }

    init(
        account: String, market: String, at: UInt64, index: AccountIndex, found: Explanation,
        run: borrowing ReplayRun, history: [String]
    ) {
        (self.account, self.market, atNanoseconds, version) = (account, market, at, found.version)
        self.history = history
        var legs: [Leg] = []
        for leg in found.legs {
            let (price, told, by) = run.priced(leg.factor.reserve)
            legs.append(
                Leg(
                    asset: run.name(leg.factor.reserve), side: "\(leg.factor.side)", amount: "\(leg.amount)",
                    price: price.map { "\($0.baseUnits)" }, pricedAtNanoseconds: told?.nanoseconds, pricedBy: by))
        }
        self.legs = legs
        health =
            found.health.map {
                [
                    "healthFactor": "\($0.healthFactor)", "collateral": "\($0.collateral)", "debt": "\($0.debt)",
                    "isLiquidatable": "\($0.isLiquidatable)",
                ]
            } ?? ["missing": "a price"]
        distance = run.distance(of: index)
        state = Self.state(found)
        var offers: [[String: String]] = []
        for pair in found.pairs {
            var row = Self.row(pair.verdict, run)
            row["collateral"] = run.name(pair.collateral)
            row["debt"] = run.name(pair.debt)
            offers.append(row)
        }
        self.offers = offers
        verdict = found.verdict.map { Self.row($0, run) } ?? ["rule": "the account cannot be taken"]
    }

    private static func state(_ found: Explanation) -> [String: String] {
        var state = [
            "cash": "\(found.purse.cash.units)", "gasMoneyWei": "\(found.purse.gasMoney)",
            "openIntents": "\(found.openIntents)", "trading": "\(found.trading)",
        ]
        state["baseFeeWei"] = found.gas.map { "\($0.baseFee.weiPerGas)" }
        state["block"] = found.block.map { "\($0.height)" }
        return state
    }

    private static func row(_ verdict: Explanation.Verdict, _ run: borrowing ReplayRun) -> [String: String] {
        switch verdict {
        case .refused(let refusal): return ["refused": refusal.word]
        case .bid(let collateral, let debt, let funding, let figures):
            return [
                "collateral": run.name(collateral), "debt": run.name(debt), "funding": "\(funding)",
                "repay": "\(figures.repay)", "seize": "\(figures.seize)", "protocolFee": "\(figures.protocolFee)",
                "proceeds": "\(figures.proceeds)", "repayCost": "\(figures.repayCost)",
                "flashLoanFee": "\(figures.flashLoanFee)", "gasCost": "\(figures.gasCost)",
                "tipWei": "\(figures.tipWei)", "gasWei": "\(figures.gasWei)", "netProfit": "\(figures.netProfit.units)",
            ]
        }
    }

    var text: String {
        func rows(_ values: [String: String]) -> String {
            TextTable(rows: values.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }).text
        }
        let table = TextTable(
            header: ["asset", "side", "amount", "price", "priced at", "by"],
            rows: legs.map { leg in
                let told = leg.pricedAtNanoseconds.map { TapeTime.text(UInt64(max(0, $0))) }
                return [
                    leg.asset, leg.side, leg.amount, leg.price ?? "-", told ?? "-",
                    leg.pricedBy.joined(separator: " "),
                ]
            })
        let edge = distance.map { "\(($0 * 1_000).rounded() / 1_000) typical moves" } ?? "far, or not watched"
        let head = "\(account) of \(market), \(TapeTime.text(atNanoseconds)), version \(version)\n"
        let offered = offers.map { "\noffer\n\(rows($0))" }.joined()
        let past = history.isEmpty ? "" : "\ndecided before\n" + history.map { "\($0)\n" }.joined()
        return head + table.text + "\n" + rows(health) + "distance to the edge: \(edge)\n\n" + rows(state) + offered
            + "\ndecision\n" + rows(verdict) + past
    }
}
