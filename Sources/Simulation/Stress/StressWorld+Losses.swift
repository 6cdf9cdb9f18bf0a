import Domain
import Mechanisms
import Units

/// Who pays for what nobody pays, and whether the books agree.
extension StressWorld {
    /// What is worth less is not worth taking from anybody.
    static let crumb = StressAsset.cashUnit

    /// And of what was absorbed: its discount would not pay for much gas.
    static let remnant = 1_000 * StressAsset.cashUnit

    /// Accounts and absorbed books that owe and have nothing left, or less than is worth taking, which is then the treasury's.
    mutating func writeOff() {
        for i in accounts.indices where accounts[i].debt > 0 && judge.value(accounts[i]) < Self.crumb {
            let debt = accounts[i].debt
            guard debt > Self.crumb || accounts[i].isEmpty else { continue }
            for asset in StressAsset.allCases {
                books.give(accounts[i].held[asset.rawValue], of: asset, from: .accounts, to: .treasury)
                accounts[i].held[asset.rawValue] = 0
            }
            accounts[i].debt = 0
            cover(debt)
        }
        let absorbed = StressAsset.allCases.reduce(0) {
            $0 + $1.value(books.amount($1, .inventory), at: judge.price($1))
        }
        if advance > 0, absorbed < Self.remnant {
            for asset in StressAsset.allCases {
                books.give(books.amount(asset, .inventory), of: asset, from: .inventory, to: .treasury)
            }
            let debt = advance
            advance = 0
            cover(debt)
        }
    }

    /// The fund first; what it lacks is taken off suppliers by their claims, each what is due so far rounded down less what was
    /// taken before, so that the last unit is the last supplier's.
    mutating func cover(_ loss: TokenAmount) {
        guard loss > 0 else { return }
        let parts = LossWaterfall(loss: UInt256(loss), fund: UInt256(books.cash(.fund)), winners: .zero)
        result.badDebt += loss
        result.insurance += parts.fromFund.low
        books.pay(parts.fromFund.low, from: .fund, to: .vault)
        guard !parts.socialised.isZero else { return }
        result.socialised += parts.socialised.low
        var cuts: [TokenAmount] = []
        let taken = parts.split(by: claims.map { UInt256($0) }) { _, part in cuts.append(part.low) }
        precondition(taken == parts.socialised, "Invariant: suppliers are owed at least what is lost")
        for i in claims.indices { claims[i] -= cuts[i] }
    }

    /// The venue's part of a penalty in cash: the fund's share rounded down, the rest the treasury's.
    mutating func keepFee(_ fee: TokenAmount, from giver: StressParty) {
        let share = risk.share("insurance_share_bps").share(of: fee)
        books.pay(share, from: giver, to: .fund)
        books.pay(fee - share, from: giver, to: .treasury)
    }

    /// The venue's part of a penalty in kind: the fund sells its share at once, for it can only give cash.
    mutating func keepFee(_ fee: TokenAmount, of asset: StressAsset, from giver: StressParty) {
        let share = risk.share("insurance_share_bps").share(of: fee)
        books.give(fee - share, of: asset, from: giver, to: .treasury)
        guard share > 0 else { return }
        books.give(share, of: asset, from: giver, to: .pools)
        books.pay(market.sell(share, of: asset), from: .pools, to: .fund)
    }

    /// The first disagreement between what parties believe and what the books say; `nil` when there is none.
    public var audit: String? {
        if let column = books.sums.firstIndex(where: { $0 != 0 }) { return "column \(column): \(books.sums[column])" }
        let owed = accounts.reduce(0) { $0 + $1.debt } + lots.reduce(0) { $0 + $1.debt } + advance
        let claimed = claims.reduce(0, +)
        if books.cash(.vault) + owed != claimed {
            return "vault \(books.cash(.vault)) and debts \(owed) against claims \(claimed)"
        }
        for asset in StressAsset.allCases {
            let i = asset.rawValue
            let held = accounts.reduce(0) { $0 + $1.held[i] }
            let sold = lots.reduce(0) { $0 + $1.held[i] }
            if held != books.amount(asset, .accounts) { return "\(asset) of accounts: \(held)" }
            if sold != books.amount(asset, .auctions) { return "\(asset) in auctions: \(sold)" }
            if market.pools[i].assetReserve != books.amount(asset, .pools) { return "\(asset) in pools" }
        }
        let cash = market.pools.reduce(0) { $0 + $1.cashReserve }
        if cash != books.cash(.pools) { return "cash in pools: \(cash)" }
        if lots.reduce(0, { $0 + $1.bid }) != books.cash(.auctions) { return "bids" }
        if result.badDebt != result.insurance + result.socialised { return "bad debt is not covered by its parts" }
        return nil
    }
}
