import Domain
import Mechanisms
public import Units

/// One design in one scenario: accounts, pools, an oracle, a bot, a fund, suppliers and whatever the mechanism needs.
///
/// No clock and no chance but the seed's: the same settings, the same world. One thread.
public struct StressWorld {
    public let design: StressDesign
    public let risk: StressParameters
    let path: StressPath
    /// Whether sales move the oracle.
    let hasFeedback: Bool
    var market: StressMarket
    var judge: StressJudge
    var watch = StressWatch()
    public internal(set) var books = StressBooks()
    public internal(set) var accounts: [StressAccount]
    /// What suppliers are owed, each.
    public internal(set) var claims: [TokenAmount]
    public internal(set) var result: StressResult
    /// Debts that have left their accounts and stand with an auction, or with the venue that absorbed them.
    var lots: [StressLot] = []
    var advance: TokenAmount = 0
    var shorts: [[StressShort]] = []
    var block = 0
    /// Gas of one action in cash, and how many more fit this block.
    var gasCost: TokenAmount = 0
    var room = 0
    private let openingCash: TokenAmount
    private let allDebts: TokenAmount
    private var firstHole: Int?
    private var lastHole = 0

    public init(
        _ population: StressPopulation, _ scenario: StressScenario, _ severity: StressSeverity, _ design: StressDesign,
        _ risk: StressParameters, path: StressPath, hasFeedback: Bool = true
    ) {
        (self.design, self.risk, self.path, self.hasFeedback) = (design, risk, path, hasFeedback)
        accounts =
            design.margin == .isolated ? population.accounts.flatMap { $0.isolated() } : population.accounts
        claims = population.claims
        judge = StressJudge(design, risk)
        result = StressResult(scenario, design, severity)
        let debts = accounts.reduce(0) { $0 + $1.debt }
        allDebts = debts
        let depth = StressAsset.allCases.map { asset in
            let value = population.accounts.reduce(0) { sum, account in
                sum + asset.value(account.held[asset.rawValue], at: asset.startPrice)
            }
            return value * UInt128(risk["depth_bps"]) / 10_000
        }
        market = StressMarket(depth: depth)
        openingCash = debts * UInt128(risk["bot_capital_bps"]) / 10_000
        open(debts)
    }

    private mutating func open(_ debts: TokenAmount) {
        let lent = claims.reduce(0, +)
        precondition(lent >= debts, "Condition: what is owed has been lent")
        books.pay(lent - debts, from: .outside, to: .vault)
        books.pay(openingCash, from: .outside, to: .bot)
        books.pay(risk.share("insurance_opening_bps").share(of: debts), from: .outside, to: .fund)
        for asset in StressAsset.allCases {
            books.give(
                accounts.reduce(0) { $0 + $1.held[asset.rawValue] }, of: asset, from: .outside, to: .accounts)
            books.give(market.pools[asset.rawValue].assetReserve, of: asset, from: .outside, to: .pools)
            books.pay(market.pools[asset.rawValue].cashReserve, from: .outside, to: .pools)
            judge.set(asset.reserve, asset.startPrice)
        }
        switch design.mechanism {
        case .stabilityPool: books.pay(risk.share("pool_bps").share(of: debts), from: .outside, to: .depositors)
        // What absorbed owners are left with: they become one supplier more.
        case .absorption: claims.append(0)
        case .backstop:
            books.pay(risk.share("backstop_bps").share(of: debts), from: .outside, to: .backstop)
            openShorts()
        default: break
        }
    }

    /// Plays to the end.
    public mutating func play() {
        for next in path.blocks.indices { turn(next) }
        finish()
    }

    public mutating func turn(_ next: Int) {
        block = next
        let row = path.blocks[next]
        restate(row)
        speak(row)
        if row.isAttack { attack() }
        gasCost = gasCost(row.gas)
        room = max(1, Int(UInt64(risk["block_actions"]) * row.room / 1_000_000))
        act()
        writeOff()
        measure()
    }

    /// The market moves, and arbitrage brings pools after it; both go through outside.
    private mutating func restate(_ row: StressPath.Block) {
        let before = market.pools
        market.turn(row, keeping: path.impactKept)
        for asset in StressAsset.allCases {
            let (old, new) = (before[asset.rawValue], market.pools[asset.rawValue])
            books.give(old.assetReserve, of: asset, from: .pools, to: .outside)
            books.give(new.assetReserve, of: asset, from: .outside, to: .pools)
            books.pay(old.cashReserve, from: .pools, to: .outside)
            books.pay(new.cashReserve, from: .outside, to: .pools)
        }
    }

    private mutating func speak(_ row: StressPath.Block) {
        guard !row.isFrozen else { return }
        for asset in StressAsset.allCases {
            let seen = hasFeedback ? market.price(asset) : market.reference[asset.rawValue]
            judge.set(asset.reserve, max(1, seen * UInt128(row.oracle[asset.rawValue]) / 1_000_000))
        }
    }

    /// Somebody brings the pegged token, worth a tenth of all debts by the first price, and borrows what the oracle's price allows,
    /// less a twentieth, as far as there is idle cash.
    private mutating func attack() {
        let worth = allDebts / 10
        let asset = StressAsset.pegged
        let amount = asset.amount(worth: worth, at: asset.startPrice)
        let limit = min(risk["liquidation_threshold_bps"], 10_000 - risk["portfolio_range_bps"])
        let share = BasisPoints(UInt32(max(0, limit - 500)))
        let debt = min(share.share(of: asset.value(amount, at: judge.price(asset))), books.cash(.vault))
        books.give(amount, of: asset, from: .outside, to: .accounts)
        books.pay(debt, from: .vault, to: .outside)
        accounts.append(StressAccount(owner: .max, held: [0, 0, amount], debt: debt))
    }

    /// Rounded up. Gas is paid for in ether at the pool's price.
    private func gasCost(_ factor: UInt64) -> TokenAmount {
        let wei = UInt256(UInt128(risk["bot_gas"]) * UInt128(risk["gas_gwei"]) * 1_000_000_000 * UInt128(factor))
        let price = UInt256(market.price(.ether))
        let divisor = UInt256(StressAsset.ether.unit) * UInt256(UInt128(100 * 100))
        return wei.multiplied(by: price, dividedRoundingUpBy: divisor)?.asUInt128 ?? .max
    }

    private mutating func act() {
        switch design.mechanism {
        case .fixedClose, .fixedWhole: liquidatePairs()
        case .dutch: runDutch()
        case .english: runEnglish()
        case .absorption: runAbsorption()
        case .stabilityPool: runPool()
        case .partial: runPartial()
        case .backstop: runBackstop()
        }
    }

    // MARK: What is measured

    /// What accounts and the venue itself lack at the market's prices.
    public var hole: TokenAmount {
        func worth(_ held: [TokenAmount]) -> TokenAmount {
            StressAsset.allCases.reduce(0) { $0 + $1.value(held[$1.rawValue], at: market.reference[$1.rawValue]) }
        }
        func lack(_ debt: TokenAmount, _ held: [TokenAmount]) -> TokenAmount {
            let value = worth(held)
            return debt > value ? debt - value : 0
        }
        let atAccounts = accounts.reduce(0) { $0 + lack($1.debt, $1.held) }
        let atLots = lots.reduce(0) { $0 + lack($1.debt, $1.held) }
        return atAccounts + atLots + lack(advance, StressAsset.allCases.map { books.amount($0, .inventory) })
    }

    private mutating func measure() {
        for asset in StressAsset.allCases { result.lowestImpact = min(result.lowestImpact, market.impact(asset)) }
        guard hole > 0 else { return }
        if firstHole == nil { firstHole = block }
        lastHole = block
    }

    private mutating func finish() {
        result.owedBeyond = hole
        result.isSolventAtEnd = hole == 0
        result.leftLiquidatable = UInt64(accounts.count { judge.isLiquidatable($0) })
        if let firstHole, result.isSolventAtEnd { result.blocksToSolvency = UInt64(lastHole + 1 - firstHole) }
        if firstHole == nil { result.blocksToSolvency = 0 }
        let bids = lots.reduce(0) { $0 + $1.bid }
        result.botProfit = Int128(books.cash(.bot)) + Int128(bids) - Int128(openingCash)
        settleOthers()
    }

    /// What depositors of a backstop are short of, at the market's price.
    private mutating func settleOthers() {
        guard design.mechanism == .backstop else { return }
        let opening = risk.share("backstop_bps").share(of: allDebts)
        let left = StressAsset.allCases.reduce(books.cash(.backstop)) {
            $0 + $1.value(books.amount($1, .backstop), at: market.reference[$1.rawValue])
        }
        if opening > left { result.others += opening - left }
    }
}
