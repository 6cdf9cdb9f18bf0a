import Aave
import Domain
import Margin
import Mechanisms
import Units

@testable import Paper

let usdc = ReserveIndex(0)
let weth = ReserveIndex(1)
let wbtc = ReserveIndex(2)
let market = MarketIndex(0)
let stream = StreamIndex(0)
let oneETH: UInt128 = 1_000_000_000_000_000_000
let gwei: UInt64 = 1_000_000_000
let firstBlock: UInt64 = 100

/// A market of three reserves with deep pools, told to a world as a tape would: USDC is cash, WETH pays for gas, prices have 8
/// decimals. Blocks are 12 seconds apart.
final class SmallMarket {
    var world: PaperWorld
    private(set) var block = firstBlock
    var now = Moment(nanoseconds: 1_600_000_000_000_000_000)
    private var sent: UInt64 = 0

    init(
        _ preset: PaperPreset = .unhindered, rules: AaveVersion = .v3_0, seed: UInt64 = 1, bonus: UInt32 = 10_500,
        protocolFee: UInt32 = 1_000
    ) {
        world = PaperWorld(
            rules: [AaveRules(rules)], preset: preset,
            random: PaperRandom(seed: seed, tape: "none", preset: preset.name))
        tell(
            .market(
                MarketDefinition(
                    market: market, rules: RulesIndex(0), closeFactor: .basisPoints(5_000), cash: usdc, native: weth,
                    flashLoanFee: .basisPoints(9))))
        for (reserve, decimals) in [(usdc, 6), (weth, 18), (wbtc, 8)] as [(ReserveIndex, UInt8)] {
            tell(
                .reserve(
                    ReserveDefinition(
                        reserve: reserve, market: market, decimals: decimals,
                        liquidationThreshold: .basisPoints(8_000), liquidationBonus: .basisPoints(bonus),
                        protocolFee: .basisPoints(protocolFee), scalePartsPerMillion: 2_500)))
        }
        tell(.price(usdc, Price(baseUnits: 100_000_000)))
        tell(.price(weth, Price(baseUnits: 2_000 * 100_000_000)))
        tell(.price(wbtc, Price(baseUnits: 30_000 * 100_000_000)))
        pool(weth, 50_000 * oneETH, 100_000_000_000_000)
        pool(wbtc, 300_000_000_000, 90_000_000_000_000)
        gas(20 * gwei)
        closeBlock()
    }

    func tell(_ input: Input) { world.apply(input, from: stream, at: now) }

    func price(_ reserve: ReserveIndex, _ dollars: UInt64) {
        tell(.price(reserve, Price(baseUnits: UInt128(dollars) * 100_000_000)))
    }

    func pool(_ reserve: ReserveIndex, _ asset: TokenAmount, _ cash: TokenAmount, fee: UInt32 = 30) {
        tell(.pool(reserve, Pool(assetReserve: asset, cashReserve: cash, fee: .basisPoints(fee))))
    }

    func gas(_ baseFee: UInt64, median: UInt64 = 0, high: UInt64 = 0) {
        tell(
            .gas(
                GasUpdate(
                    market: market, baseFee: GasPrice(weiPerGas: baseFee),
                    priorityFeeMedian: GasPrice(weiPerGas: median), priorityFeeHigh: GasPrice(weiPerGas: high))))
    }

    func account(_ index: Int, version: UInt64 = 1, _ legs: [Leg]) {
        tell(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(index), market: market, kind: .state, reserve: usdc, version: version,
                    legs: UInt16(legs.count))))
        for leg in legs { tell(.accountLeg(leg)) }
    }

    /// 10 WETH against 15 000 USDC: safe at 2 000, not at 1 800.
    func victim(_ index: Int = 0, version: UInt64 = 1, weth amount: UInt128 = 10, usdc debt: UInt128 = 15_000) {
        account(
            index, version: version, [Leg(weth, .collateral, amount * oneETH), Leg(usdc, .debt, debt * 1_000_000)])
    }

    func closeBlock() {
        now = now + .seconds(12)
        tell(.block(BlockUpdate(market: market, number: BlockNumber(block), timestamp: now)))
        block += 1
    }

    /// Half of the victim's debt, arriving now.
    func order(
        _ party: PaperParty = .ours, account: Int = 0, repay: UInt128 = 7_000_000_000, tip: UInt64 = gwei,
        cap: UInt64 = 100 * gwei, margin: Int128 = 0, deadline: UInt64 = 1_000, pair: LiquidationPair? = nil,
        funding: Funding = .flashLoan, gasLimit: UInt64 = 500_000
    ) -> PaperOrder {
        sent += 1
        return PaperOrder(
            number: sent, party: party, market: market, account: AccountIndex(account),
            pair: pair ?? LiquidationPair(collateral: weth, debt: usdc), repay: repay,
            minimumMargin: Cash(units: margin), funding: funding, gasLimit: GasUnits(gasLimit),
            feeCap: GasPrice(weiPerGas: cap), priorityFee: GasPrice(weiPerGas: tip), deadline: BlockNumber(deadline),
            arrival: now)
    }

    func submit(_ order: PaperOrder) { _ = world.submit(order) }

    func endings() -> [PaperEnding] { Array(world.takeEndings()) }

    /// What the bot was told of an account last: its version and its legs.
    func told(_ account: Int = 0) -> (version: UInt64, legs: [Leg])? {
        var found: (version: UInt64, legs: [Leg])?
        var isIt = false
        for delivered in world.takeTold() {
            switch delivered.input {
            case .accountBegins(let head):
                isIt = head.account == AccountIndex(account)
                if isIt { found = (head.version, []) }
            case .accountLeg(let leg): if isIt { found?.legs.append(leg) }
            default: isIt = false
            }
        }
        return found
    }

    func held(_ account: Int = 0) -> [Leg] { Array(world.held(AccountIndex(account))) }
    func pool(of reserve: ReserveIndex) -> Pool? { world.watch.reserves.row(reserve)?.pool }
    func price(of reserve: ReserveIndex) -> Price? { world.watch.reserves.price(of: reserve) }
    func totals() -> [UInt128] { [usdc, weth, wbtc].map { world.total(of: $0) } }
    func counters() -> PaperCounters { world.counters }
    func books() -> PaperBooks { world.books }
}
