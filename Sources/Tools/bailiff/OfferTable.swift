import Domain
import Mechanisms
import Strategy
import Units
import Winning

/// Every offer of an account with what eight sizes of it would do and earn: before gas, and with gas, tip and the chance to win
/// where the built-in strategy can bid.
struct OfferTable: OfferVisitor {
    private(set) var offers: [SimulateCommand.OfferReport] = []
    private let world: SimulationWorld
    private let simulation: BidSimulation?

    static let columns = [
        "repay", "seize", "protocolFee", "proceeds", "costs", "margin", "gas", "chance", "expectedValue",
    ]
    private static let sizes: TokenAmount = 8

    init(_ world: SimulationWorld, _ simulation: BidSimulation?) {
        self.world = world
        self.simulation = simulation
    }

    mutating func visit<O: Offer>(_ offer: O) {
        let most = offer.payable.upperBound
        let sizes = most == 0 ? [0] : (1...Self.sizes).map { max(most / Self.sizes * $0, 1) }.dropLast() + [most]
        offers.append(
            SimulateCommand.OfferReport(
                mechanism: "\(offer.mechanism)", pays: world.names[offer.pays.position],
                receives: world.names[offer.receives.position], least: "\(offer.payable.lowerBound)", most: "\(most)",
                sizes: sizes.map { row(of: offer, $0) }))
    }

    private func row<O: Offer>(of offer: O, _ size: TokenAmount) -> [String: String] {
        guard case .success(let exchange) = offer.exchange(paying: size) else {
            return ["repay": "\(size)", "seize": "refused"]
        }
        var row = [
            "repay": "\(exchange.paid)", "seize": "\(exchange.received)", "protocolFee": "\(exchange.protocolFee)",
        ]
        let cashMarket = CashMarket(cash: world.market.cash, depth: world.depth)
        let proceeds = cashMarket.proceeds(ofSelling: exchange.received, offer.receives, in: world.reserves)
        let costs = cashMarket.cost(ofBuying: exchange.paid, offer.pays, in: world.reserves)
        row["proceeds"] = proceeds.map { "\($0)" }
        row["costs"] = costs.map { "\($0)" }
        guard let proceeds, let costs else { return row }
        let margin = Cash.proceeds(proceeds) + .cost(costs)
        row["margin"] = "\(margin.units)"
        guard let fees = simulation?.fees(for: margin) else { return row }
        row["gas"] = "\(fees.cost)"
        row["chance"] = "\((fees.chance.approximate * 10_000).rounded() / 10_000)"
        row["expectedValue"] = "\(fees.expectedValue.units)"
        return row
    }
}
