import Domain
import Margin
import Testing
import Units

/// Accounts that are not linear, in the index: a bent excess, watched by local forms, against a plain loop.
@Suite struct LocalFormTests {
    @Test(arguments: 0..<10)
    func `an account that is not linear never crosses unnoticed, and is ranked exactly`(block: UInt64) {
        var crossings = 0
        for seed in block * 100..<block * 100 + 100 {
            var world = BentWorld(seed: seed)
            for _ in 0..<60 where world.failure == nil { world.tick() }
            #expect(world.failure == nil, "seed \(seed): \(world.failure ?? "")")
            crossings += world.crossings
        }
        #expect(crossings > 100, "worlds in which next to nothing happened prove nothing")
    }

    @Test func `a quiet tick looks at no account that is not linear either`() {
        var world = BentWorld(seed: 5, accounts: 400, near: false)
        let before = world.index.evaluations
        for _ in 0..<50 { world.nudge() }
        #expect(world.index.evaluations == before)
    }

    @Test func `bounds that are out of order are our own fault`() async {
        await #expect(processExitsWith: .failure) {
            var form = AccountForm()
            form.add(FactorIndex(raw: 0), slope: 0, bounds: SlopeBounds(1, -1, halfWidth: 1))
        }
    }
}

/// Excess = level + Σ slope · x − Σ curvature · (x − centre)², over a few factors. The slope over a box is known exactly.
private struct BentWorld: ~Copyable {
    struct Bent {
        var level: Double
        var slopes: [Double]
        var curvatures: [Double]
    }

    var generator: SeededGenerator
    var index: RiskIndex
    var values: [Double]
    var accounts: [Bent] = []
    var isBelow: [Bool] = []
    var failure: String?
    var crossings = 0

    init(seed: UInt64, accounts count: Int = 24, near: Bool = true) {
        generator = SeededGenerator(seed: seed)
        var settings = RiskSettings()
        settings.hotMax = 4
        index = RiskIndex(settings: settings)
        values = (0..<3).map { _ in 100 }
        for factor in values.indices {
            index.setScale(FactorIndex(raw: UInt32(factor)), to: 0.5)
            index.set(FactorIndex(raw: UInt32(factor)), to: values[factor])
        }
        for account in 0..<count {
            var bent = Bent(level: 0, slopes: [], curvatures: [])
            for _ in values {
                bent.slopes.append(generator.fraction() * 4 - 2)
                bent.curvatures.append(generator.fraction() * 0.2)
            }
            bent.level = (near ? 0.1 : 100) + generator.fraction() * (near ? 12 : 100)
            for factor in values.indices { bent.level -= bent.slopes[factor] * values[factor] }
            accounts.append(bent)
            isBelow.append(false)
            index.place(AccountIndex(account), form(account))
        }
        renew()
        check()
    }

    func excess(_ account: Int) -> Double {
        var sum = accounts[account].level
        for f in values.indices {
            let away = values[f] - 100
            sum += accounts[account].slopes[f] * values[f] - accounts[account].curvatures[f] * away * away
        }
        return sum
    }

    func slope(_ account: Int, _ f: Int, at value: Double) -> Double {
        accounts[account].slopes[f] - 2 * accounts[account].curvatures[f] * (value - 100)
    }

    func form(_ account: Int) -> AccountForm {
        var form = AccountForm()
        form.constant = excess(account)
        form.allowance = 1e-9
        let half = 1.0
        for f in values.indices {
            form.add(
                FactorIndex(raw: UInt32(f)), slope: slope(account, f, at: values[f]),
                bounds: SlopeBounds(
                    slope(account, f, at: values[f] + half), slope(account, f, at: values[f] - half), halfWidth: half))
        }
        return form
    }

    mutating func renew() {
        while let account = index.takeStale() { index.renew(account, form(account.position)) }
    }

    mutating func tick() {
        let f = Int(generator.below(3))
        values[f] += (generator.below(8) == 0 ? 3 : 0.3) * (2 * generator.fraction() - 1)
        if generator.below(10) == 0 { index.setScale(FactorIndex(raw: UInt32(f)), to: 0.2 + generator.fraction()) }
        index.set(FactorIndex(raw: UInt32(f)), to: values[f])
        index.process(FactorIndex(raw: UInt32(f)))
        renew()
        if generator.below(4) == 0 {
            _ = index.rebalance(budget: 5)
            renew()
        }
        check()
    }

    mutating func nudge() {
        values[0] += values[0] > 100 ? -0.001 : 0.001
        index.set(FactorIndex(raw: 0), to: values[0])
        index.process(FactorIndex(raw: 0))
        renew()
    }

    private mutating func check() {
        if let wrong = index.violatedInvariant() { failure = wrong }
        let distances = accounts.indices.map { distance($0) }
        var ranks: [Double] = []
        for account in accounts.indices {
            let now = excess(account)
            let zone = index.book.zone(of: AccountIndex(account))
            if now < -1e-6, zone == .cold { failure = "account \(account) crossed unnoticed: \(now)" }
            if now > 1e-6, zone == .sunk { failure = "account \(account) recovered unnoticed: \(now)" }
            if isBelow[account] != (now < 0) { crossings += 1 }
            isBelow[account] = now < 0
            if zone != .sunk { ranks.append(distances[account]) }
        }
        ranks.sort()
        let nearest = index.nearest(5) { distances[$0.position] }
        for (rank, found) in nearest.enumerated() where abs(found.distance - ranks[rank]) > 1e-6 {
            failure = "rank \(rank) is \(found), should be \(ranks[rank])"
        }
        if nearest.count != min(5, ranks.count) { failure = "\(nearest.count) ranked" }
    }

    func distance(_ account: Int) -> Double {
        var spread = 0.0
        for f in values.indices {
            spread += abs(slope(account, f, at: values[f])) * index.scale(of: FactorIndex(raw: UInt32(f)))
        }
        return excess(account) / spread
    }
}
