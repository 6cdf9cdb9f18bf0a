import Configuration
import Console
import Domain
import Foundation
import Margin
import Mechanisms
import Strategy
import Units
import Winning

/// `bailiff simulate`: one account and one market in; every offer's sizes and the bid that follows out.
struct SimulateCommand {
    private let world: SimulationWorld
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        let file = arguments.positionals[0]
        let base = try arguments.value("strategy").map { try StrategyParameters.load($0) } ?? StrategyParameters()
        let data: Data
        if file == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else if let found = FileManager.default.contents(atPath: file) {
            data = found
        } else {
            throw CaseProblem.failure(file, [], "nothing that can be read", "a JSON file, or - for the standard input")
        }
        let name = file == "-" ? "standard input" : file
        world = try SimulationWorld(SimulationCase.decode(data, file: name), file: name, base: base)
        wantsJSON = arguments.wantsJSON
    }

    struct Report: Encodable {
        var health: [String: String]
        var offers: [OfferReport]
        /// Every figure of the chosen bid, or the refusal.
        var bid: [String: String]
    }

    struct OfferReport: Encodable {
        var mechanism: String
        var pays: String
        var receives: String
        var least: String
        var most: String
        var sizes: [[String: String]]
    }

    func perform() throws {
        let (factors, amounts) = (world.factors, world.amounts)
        guard
            let health = world.rules.health(
                factors: factors.span, amounts: amounts.span, traits: world.traits, in: world.reserves)
        else {
            throw CommandFailure(
                code: .badData, message: "the venue cannot judge the account: a price or parameter is missing")
        }
        var visitor = OfferTable(world, simulation)
        if let offering = world.rules as? any OfferingRules {
            offering.offers(
                factors: factors.span, amounts: amounts.span, traits: world.traits, at: world.moment,
                in: world.reserves,
                to: &visitor)
        }
        let report = Report(
            health: [
                "healthFactor": "\(health.healthFactor)", "collateral": "\(health.collateral)",
                "debt": "\(health.debt)",
                "isLiquidatable": "\(health.isLiquidatable)",
            ],
            offers: visitor.offers, bid: Dictionary(uniqueKeysWithValues: bid(health)))
        try StandardStreams.line(wantsJSON ? JSONText.encode(report) : text(report, bid(health)))
    }

    /// `nil` where the built-in strategy does not act.
    private var simulation: BidSimulation? {
        (world.rules as? any FixedPenaltyRules).map {
            BidSimulation(
                rules: $0, market: world.market, reserves: world.reserves, gas: world.gas, parameters: world.parameters,
                depth: world.depth, costs: BidCosts(dataFee: world.dataFee))
        }
    }

    /// In the order in which the figures follow from one another.
    private func bid(_ health: AccountHealth) -> [(String, String)] {
        guard let simulation else { return [("refusal", "\(Refusal.noMechanism)")] }
        let (factors, amounts) = (world.factors, world.amounts)
        switch simulation.best(
            factors: factors.span, amounts: amounts.span, health: health, traits: world.traits, world.purse)
        {
        case .failure(let refusal): return [("refusal", refusal.word)]
        case .success(let bid): return Self.figures(bid, world)
        }
    }

    private static func figures(_ bid: Bid, _ world: SimulationWorld) -> [(String, String)] {
        [
            ("collateral", world.names[bid.pair.collateral.position]), ("debt", world.names[bid.pair.debt.position]),
            ("funding", "\(bid.funding)"), ("repay", "\(bid.amounts.repay)"), ("seize", "\(bid.amounts.seize)"),
            ("protocolFee", "\(bid.amounts.protocolFee)"), ("proceeds", "\(bid.swaps.proceeds)"),
            ("flashLoanFee", "\(bid.swaps.flashLoanFee)"), ("repayCost", "\(bid.swaps.repayCost)"),
            ("margin", "\(bid.swaps.margin.units)"), ("baseFeeWei", "\(world.gas.baseFee.weiPerGas)"),
            ("priorityFeeWei", "\(bid.fees.priorityFee.weiPerGas)"), ("feeCapWei", "\(bid.fees.feeCap.weiPerGas)"),
            ("tipWei", "\(bid.fees.tipWei)"), ("gasWei", "\(bid.fees.totalWei)"), ("gasCost", "\(bid.fees.cost)"),
            ("netProfit", "\(bid.netProfit.units)"), ("chance", "\(bid.chance.approximate)"),
            ("expectedValue", "\(bid.expectedValue.units)"),
        ]
    }

    private func text(_ report: Report, _ bid: [(String, String)]) -> String {
        var text = TextTable(rows: report.health.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }).text
        for offer in report.offers {
            text +=
                "\n\(offer.mechanism): pays \(offer.pays), receives \(offer.receives), "
                + "\(offer.least) to \(offer.most)\n"
            let columns = OfferTable.columns
            text += TextTable(header: columns, rows: offer.sizes.map { row in columns.map { row[$0] ?? "-" } }).text
        }
        return text + "\nchosen bid\n" + TextTable(rows: bid.map { [$0.0, $0.1] }).text
    }
}
