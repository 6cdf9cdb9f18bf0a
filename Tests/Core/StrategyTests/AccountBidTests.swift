import Aave
import Domain
import Foundation
import Liquidity
import Margin
import Mechanisms
import RandomDepths
import Strategy
import Testing
import Units
import Winning

@Suite struct AccountBidTests {
    /// `BAILIFF_SIZE_CASES` says how many markets of each kind are tried; the full comparison takes 10 000.
    private static let cases = ProcessInfo.processInfo.environment["BAILIFF_SIZE_CASES"].flatMap { Int($0) } ?? 40

    @Test(arguments: ["constant product", "concentrated", "order book", "inventory", "split of three"])
    func `the chosen size earns within a millionth of brute force and of the exact search`(model: String) throws {
        var random = RandomDepth(seed: 21)
        var (inner, compared) = (0, 0)
        for round in 0..<Self.cases {
            var market = LendingMarket(.v3_0) { $0.minimumProfitMicros = -1_000_000_000_000 }
            market.trade(2, model, &random)
            let account = market.account(&random, collaterals: 2...2, debts: 0...0)
            let simulation = market.simulation
            let bid = simulation.best(
                factors: account.factors.span, amounts: account.amounts.span, health: account.health, traits: .none,
                LendingMarket.rich)
            let subject = account.subject(0, 1, simulation)
            let margin = { (size: TokenAmount) in simulation.size(size, subject, .capital)?.swaps.margin }
            let limit = simulation.rules.repayAvoidingDust(of: subject, in: simulation.reserves)
            let searched = SizeSearch.best(within: SizeLimits(most: limit), margin)
            guard let best = Self.bruteForce(upTo: limit, margin) else { continue }
            let context = Comment(rawValue: "\(model), round \(round), limit \(limit), brute force \(best)")
            let found = try bid.get().swaps.margin
            #expect(best.units - found.units <= best.units.magnitude / 1_000_000 + 8, context)
            let reference = try #require(searched, context).margin
            #expect(reference.units - found.units <= reference.units.magnitude / 1_000_000 + 8, context)
            compared += 1
            inner += try bid.get().amounts.repay < limit ? 1 : 0
        }
        #expect(compared > Self.cases / 3 && inner > Self.cases / 20, "\(model): \(compared) compared, \(inner) inside")
    }

    @Test(arguments: 0..<30)
    func `of an account's twelve pairs the bid is the best that any of them alone makes`(seed: UInt64) throws {
        var random = RandomDepth(seed: seed)
        // Two of three against rivals, where small margins are refused by what they are expected to be worth.
        var market = LendingMarket(.v3_6) {
            guard seed % 3 > 0 else { return }
            ($0.contestants.model, $0.contestants.rivals) = (.rivals, 4)
            $0.contestants.rule = seed % 3 == 1 ? .sealedBid : .priorityGas
        }
        for reserve in 1...6 { market.trade(reserve, "split of three", &random) }
        let simulation = market.simulation
        for round in 0..<4 {
            let account = market.account(
                &random, collaterals: 1...4, debts: 5...7, size: round < 2 ? TokenAmount(1 + round) : nil)
            let purse = round % 2 == 0 ? LendingMarket.rich : Purse(cash: .zero, gasMoney: LendingMarket.rich.gasMoney)
            let bid = simulation.best(
                factors: account.factors.span, amounts: account.amounts.span, health: account.health, traits: .none,
                purse)
            var best: Result<Bid, Refusal> = .failure(.venueWouldRevert)
            for debt in 4..<7 {
                for collateral in 0..<4 {
                    best = best.better(simulation.bid(on: account.subject(collateral, debt, simulation), purse))
                }
            }
            let context = Comment(rawValue: "seed \(seed), round \(round)")
            switch (bid, best) {
            case (.success(let a), .success(let b)): #expect(a.expectedValue == b.expectedValue, context)
            case (.failure(let a), .failure(let b)): #expect(a == b, context)
            default: Issue.record("\(bid) against \(best), seed \(seed), round \(round)")
            }
        }
    }

    @Test func `against rivals a bid is worth less than its profit, and is refused when losing costs more`() throws {
        var random = RandomDepth(seed: 5)
        let simulated = { (change: (inout StrategyParameters) -> Void) -> Result<Bid, Refusal> in
            var random = random
            var market = LendingMarket(.v3_0, change)
            market.trade(2, "split of three", &random)
            let account = market.account(&random, collaterals: 2...2, debts: 0...0, size: 20)
            return market.simulation.best(
                factors: account.factors.span, amounts: account.amounts.span, health: account.health, traits: .none,
                LendingMarket.rich)
        }
        let alone = try simulated { _ in }.get()
        #expect(alone.chance == .certain && alone.expectedValue == alone.netProfit)
        let contested = try simulated { $0.contestants.model = .rivals }.get()
        #expect(contested.chance < .certain && contested.expectedValue < contested.netProfit)
        #expect(contested.expectedValue > .zero && contested.fees.tipWei > 0)
        let hopeless = simulated {
            ($0.contestants.model, $0.contestants.rule, $0.contestants.rivals) = (.rivals, .firstCome, 256)
            ($0.contestants.ownLatencyLow, $0.contestants.ownLatencyHigh) = (1_900_000, 2_000_000)
        }
        #expect(hopeless == .failure(.belowExpectedValue))
        let wanted = simulated {
            ($0.contestants.model, $0.contestants.rule, $0.contestants.rivals) = (.rivals, .firstCome, 256)
            ($0.contestants.ownLatencyLow, $0.contestants.ownLatencyHigh) = (1_900_000, 2_000_000)
            $0.minimumProfitMicros = -1
        }
        #expect(throws: Never.self, "a negative minimum says that a loss is wanted") { try wanted.get() }
        _ = random.generator.next()
    }

    @Test func `in two steps the first call leaves the account liquidatable and both together repay more`() throws {
        var random = RandomDepth(seed: 8)
        var market = LendingMarket(.v3_0) { $0.takesTwoSteps = true }
        market.trade(2, "split of three", &random)
        let account = market.account(&random, collaterals: 2...2, debts: 0...0, size: 20)
        let bid = try market.simulation.best(
            factors: account.factors.span, amounts: account.amounts.span, health: account.health, traits: .none,
            LendingMarket.rich
        ).get()
        let second = try #require(bid.following)
        let limit = market.simulation.rules.repayAvoidingDust(
            of: account.subject(0, 1, market.simulation), in: market.simulation.reserves)
        #expect(bid.amounts.repay < limit && bid.amounts.repay + second.repay > limit)
        #expect(bid.expectedValue > .zero)
    }

    /// Nine points across, then nine across the two gaps beside the best, until every unit is seen.
    private static func bruteForce(upTo limit: TokenAmount, _ margin: (TokenAmount) -> Cash?) -> Cash? {
        var (low, high) = (TokenAmount(1), limit)
        var best: Cash?
        let worst = Cash(units: .min)
        while true {
            let points = (0...8 as ClosedRange<TokenAmount>).map { low + (high - low) * $0 / 8 }
            let margins = points.map { margin($0) }
            let top = margins.indices.max { (margins[$0] ?? worst) < (margins[$1] ?? worst) } ?? 0
            if let found = margins[top] { best = max(best ?? found, found) }
            let middle = margins[top] == nil ? 0 : top
            (low, high) = (points[max(0, middle - 1)], points[min(8, middle + 1)])
            if high - low <= 8 { break }
        }
        for size in low...high { if let found = margin(size) { best = max(best ?? found, found) } }
        return best
    }
}

/// Cash of 6 decimals (0), its twin (7), and assets of 18 at about 2 000 (1 to 6), with accounts just below the edge.
private struct LendingMarket {
    private let rules: AaveRules
    private let parameters: StrategyParameters
    private var reserves = ReserveTable()
    private var depth = DepthTable.empty

    static let rich = Purse(cash: Cash(units: 1 << 100), gasMoney: 1 << 90)

    struct Account {
        var factors: [FactorIndex]
        var amounts: [TokenAmount]
        var health: AccountHealth

        func subject(_ collateral: Int, _ debt: Int, _ simulation: BidSimulation) -> LiquidationSubject {
            .of(
                collateral, debt, factors.span, amounts.span, health, closeFactor: simulation.market.closeFactor, .none)
        }
    }

    init(_ version: AaveVersion, _ change: (inout StrategyParameters) -> Void) {
        rules = AaveRules(version)
        var parameters = StrategyParameters()
        change(&parameters)
        self.parameters = parameters
        for reserve in 0...7 {
            let isCash = reserve == 0 || reserve == 7
            reserves.define(
                ReserveDefinition(
                    reserve: ReserveIndex(reserve), market: MarketIndex(0), decimals: isCash ? 6 : 18,
                    liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(10_500),
                    protocolFee: .basisPoints(500), scalePartsPerMillion: 2_500))
            reserves.set(ReserveIndex(reserve), price: Price(baseUnits: isCash ? 1_00000000 : 2_000_00000000))
        }
        reserves.set(
            ReserveIndex(7), pool: Pool(assetReserve: 1 << 50, cashReserve: 1 << 50, fee: .basisPoints(5)))
    }

    mutating func trade(_ reserve: Int, _ model: String, _ random: inout RandomDepth) {
        let found: AssetDepth =
            switch model {
            case "constant product": .one(random.pool())
            case "concentrated": .one(random.concentrated())
            case "order book": .one(random.book())
            case "inventory": .one(random.inventory())
            default: .split(SplitSale([random.pool(), random.concentrated(), random.book()]))
            }
        depth.set(ReserveIndex(reserve), to: found)
    }

    var simulation: BidSimulation {
        BidSimulation(
            rules: rules,
            market: MarketDefinition(
                market: MarketIndex(0), rules: RulesIndex(1), closeFactor: .basisPoints(5_000), cash: ReserveIndex(0),
                native: ReserveIndex(1), flashLoanFee: .basisPoints(5)),
            reserves: reserves,
            gas: GasUpdate(
                market: MarketIndex(0), baseFee: GasPrice(weiPerGas: 1_000_000_000),
                priorityFeeMedian: .zero, priorityFeeHigh: .zero),
            parameters: parameters, depth: depth)
    }

    /// Up to some tens of millions on each side, at a health of about 0.98.
    mutating func account(
        _ random: inout RandomDepth, collaterals: ClosedRange<Int>, debts: ClosedRange<Int>,
        size given: TokenAmount? = nil
    ) -> Account {
        let size = given ?? 1 + TokenAmount(random.generator.below(20_000))
        var (factors, amounts): ([FactorIndex], [TokenAmount]) = ([], [])
        for reserve in collaterals {
            factors.append(FactorIndex(ReserveIndex(reserve), .collateral))
            amounts.append(size * RandomDepth.ether)
        }
        let value = size * TokenAmount(collaterals.count) * 2_000 * 816 / 1_000 / TokenAmount(debts.count)
        for reserve in debts {
            let isCash = reserve == 0 || reserve == 7
            factors.append(FactorIndex(ReserveIndex(reserve), .debt))
            amounts.append(isCash ? value * 1_000_000 : value * RandomDepth.ether / 2_000)
        }
        let health = rules.health(factors: factors.span, amounts: amounts.span, traits: .none, in: reserves)
        return Account(
            factors: factors, amounts: amounts,
            health: health ?? AccountHealth(collateral: 0, debt: 0, healthFactor: 0, isLiquidatable: false))
    }
}
