public import Units

/// One account: what it holds of each asset, and its debt in cash.
public struct StressAccount: Equatable, Sendable {
    /// Whose it is: with isolated margin one person has an account for each collateral.
    public var owner: UInt32
    /// By `StressAsset.rawValue`.
    public var held: [TokenAmount]
    public var debt: TokenAmount

    public init(owner: UInt32, held: [TokenAmount], debt: TokenAmount) {
        (self.owner, self.held, self.debt) = (owner, held, debt)
    }

    public var isEmpty: Bool { held.allSatisfy { $0 == 0 } }

    /// An account for each collateral, each with its part of the debt: by value, what is due so far rounded down less what was
    /// taken before, so the parts add up.
    public func isolated() -> [StressAccount] {
        let values = zip(StressAsset.allCases, held).map { $0.value($1, at: $0.startPrice) }
        return split(by: values).map { StressAccount(owner: owner, held: $0.held, debt: $0.debt) }
    }

    /// The parts of a debt by collateral, where there is any collateral.
    func split(by values: [TokenAmount]) -> [(held: [TokenAmount], debt: TokenAmount)] {
        let total = values.reduce(0, +)
        guard total > 0 else { return [] }
        var (seen, taken) = (TokenAmount(0), TokenAmount(0))
        var parts: [(held: [TokenAmount], debt: TokenAmount)] = []
        for (asset, value) in values.enumerated() {
            seen += value
            let due = StressAsset.product(debt, seen, over: total)
            guard held[asset] > 0 else { continue }
            var own: [TokenAmount] = [0, 0, 0]
            own[asset] = held[asset]
            parts.append((own, due - taken))
            taken = due
        }
        return parts
    }
}

/// People, their debts and who lent to them, from a seed alone: the same under every design.
///
/// Values go from 500 to a million dollars and a half, evenly by powers of two; a person holds one to three assets and owes 40 % to
/// 77 % of their value.
public struct StressPopulation: Equatable, Sendable {
    public var accounts: [StressAccount] = []
    /// What each supplier has lent or left idle, in cash.
    public var claims: [TokenAmount] = []

    public static let accountsMax = 20_000
    public static let suppliers = 64

    public init(_ accounts: [StressAccount], claims: [TokenAmount]) {
        (self.accounts, self.claims) = (accounts, claims)
    }

    public init(count: Int, idle: BasisPoints, seed: UInt64) {
        precondition(count > 0 && count <= Self.accountsMax, "Condition: 1 to \(Self.accountsMax) accounts")
        var random = SeededGenerator(seed: seed ^ 0x5045_4f50_4c45)
        for owner in 0..<count { accounts.append(Self.person(UInt32(owner), &random)) }
        let debts = accounts.reduce(0) { $0 + $1.debt }
        lend(debts + idle.share(of: debts), &random)
    }

    private static func person(_ owner: UInt32, _ random: inout SeededGenerator) -> StressAccount {
        let dollars = (UInt128(500) << UInt128(random.below(11))) * UInt128(100 + random.below(100)) / 100
        let weights = StressAsset.allCases.map { asset -> UInt128 in
            let isHeld = random.below(asset == .pegged ? 3 : 2) == 0
            return isHeld ? UInt128(1 + random.below(100)) : 0
        }
        let total = weights.reduce(0, +)
        var held: [TokenAmount] = [0, 0, 0]
        var value: TokenAmount = 0
        for asset in StressAsset.allCases {
            let weight = total == 0 ? (asset == .ether ? 1 : 0) : weights[asset.rawValue]
            let part = dollars * StressAsset.cashUnit * weight / max(1, total)
            held[asset.rawValue] = asset.amount(worth: part, at: asset.startPrice)
            value += asset.value(held[asset.rawValue], at: asset.startPrice)
        }
        let share = BasisPoints(UInt32(4_000 + random.below(3_701)))
        return StressAccount(owner: owner, held: held, debt: share.share(of: value))
    }

    private mutating func lend(_ sum: TokenAmount, _ random: inout SeededGenerator) {
        let weights = (0..<Self.suppliers).map { _ in UInt128(1 + random.below(1_000)) }
        let total = weights.reduce(0, +)
        var (seen, given) = (UInt128(0), UInt128(0))
        for weight in weights {
            seen += weight
            let due = StressAsset.product(sum, seen, over: total)
            claims.append(due - given)
            given = due
        }
    }
}
