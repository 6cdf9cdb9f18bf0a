import Domain
import Margin
import Mechanisms
import Units

/// Bad debt: whose it becomes.
extension PaperWorld {
    /// Fills the fund once a market's cash is known: from outside.
    mutating func openFund(_ definition: ReserveDefinition) {
        guard let market = market(definition.market), market.definition.cash == definition.reserve,
            !funded.contains(definition.market.raw), preset.insuranceOpening > 0
        else { return }
        funded.insert(definition.market.raw)
        var units = UInt256(preset.insuranceOpening)
        for _ in 0..<definition.decimals { units = units * 10 }
        let opening = min(units, UInt256(UInt128(Int128.max >> 1))).low
        books.insurance[definition.reserve].balance &+= opening
        books[definition.reserve].outside &+= opening
        books.insurance.opening += .proceeds(opening)
    }

    /// A liquidation's protocol fee: the fund's share of it rounded down, the rest the venue's.
    mutating func takeFee(_ fee: TokenAmount, of reserve: ReserveIndex, _ definition: MarketDefinition) {
        let share = preset.insuranceShare.share(of: fee)
        books[reserve].protocolFees &+= fee - share
        guard share > 0 else { return }
        books.insurance[reserve].balance &+= share
        books.insurance.income += Self.money(cash(worth: share, of: reserve, definition))
    }

    /// Takes a loss off the fund as far as it goes, and off the suppliers beyond. The debt still stands on its account.
    mutating func writeOff(_ amount: TokenAmount, of reserve: ReserveIndex, _ definition: MarketDefinition) {
        guard amount > 0 else { return }
        books[reserve].writtenOff &+= amount
        let worth = Self.money(cash(worth: amount, of: reserve, definition))
        books.badDebt += worth
        let isCash = reserve == definition.cash
        let inKind = books.insurance[reserve].balance
        let buyable = isCash ? 0 : tokens(for: books.insurance[definition.cash].balance, of: reserve, definition)
        let parts = LossWaterfall(loss: UInt256(amount), fund: UInt256(inKind) + UInt256(buyable), winners: .zero)
        let covered = parts.fromFund.low
        if covered > inKind { buy(covered - inKind, of: reserve, definition) }
        books.insurance[reserve].balance -= covered
        books.insurance[reserve].drawn &+= covered
        let drawn = covered == amount ? worth : min(worth, value(covered, of: reserve, definition))
        books.insurance.drawn += drawn
        books.insurance.socialised += worth - drawn
        if !parts.socialised.isZero { socialise(parts, of: reserve) }
    }

    /// The fund's cash goes outside and the asset comes from there.
    private mutating func buy(_ amount: TokenAmount, of reserve: ReserveIndex, _ definition: MarketDefinition) {
        let paid = cash(worth: amount, of: reserve, definition)
        books.insurance[definition.cash].balance -= paid
        books[definition.cash].outside &-= paid
        books.insurance[reserve].balance += amount
        books[reserve].outside &+= amount
    }

    /// By what everybody has supplied of the asset, in the order of accounts; those whom the tape does not show come last, so the
    /// last unit of the rounding is theirs where there are any. They have supplied at least what is borrowed beyond what the
    /// tape's accounts supply.
    private mutating func socialise(_ parts: LossWaterfall, of reserve: ReserveIndex) {
        let suppliers = suppliers(of: reserve)
        let supplied = suppliers.reduce(UInt256.zero) { $0 + $1.amount }
        let unseen = borrowed(of: reserve).subtracting(supplied) ?? .zero
        var losses = books.insurance[reserve]
        let split = parts.split(by: suppliers.map(\.amount) + [unseen]) { position, part in
            guard !part.isZero else { return }
            if position < suppliers.count {
                losses.losses[suppliers[position].account, default: 0] &+= part.low
            } else {
                losses.unseenLoss &+= part.low
            }
        }
        precondition(split == parts.socialised, "Invariant: somebody supplied what was borrowed")
        books.insurance[reserve] = losses
    }

    private func suppliers(of reserve: ReserveIndex) -> [(account: UInt32, amount: UInt256)] {
        var found: [(account: UInt32, amount: UInt256)] = []
        visit(FactorIndex(reserve, .collateral)) { account, leg in found.append((account, UInt256(balance(leg)))) }
        return found
    }

    private func borrowed(of reserve: ReserveIndex) -> UInt256 {
        var sum = UInt256.zero
        visit(FactorIndex(reserve, .debt)) { _, leg in sum += UInt256(balance(leg)) }
        return sum
    }

    private func visit(_ factor: FactorIndex, _ body: (UInt32, Leg) -> Void) {
        for position in accounts.indices {
            for row in watch.holdings.legs(of: AccountIndex(position)) {
                let leg = watch.holdings.leg(at: row)
                if leg.factor == factor { body(UInt32(position), leg) }
            }
        }
    }

    /// How much of an asset cash buys at the oracle's prices, rounded down.
    private func tokens(
        for amount: TokenAmount, of reserve: ReserveIndex, _ definition: MarketDefinition
    ) -> TokenAmount {
        guard let row = watch.reserves.row(reserve), let price = row.price, price.baseUnits > 0,
            let cash = watch.reserves.row(definition.cash), let cashPrice = cash.price,
            let value = UInt256(amount).multiplied(by: UInt256(cashPrice.baseUnits)),
            let divisor = UInt256(cash.unit).multiplied(by: UInt256(price.baseUnits)), !divisor.isZero
        else { return 0 }
        return value.multiplied(by: UInt256(row.unit), dividedRoundingDownBy: divisor)?.asUInt128 ?? 0
    }

    private func value(_ amount: TokenAmount, of reserve: ReserveIndex, _ definition: MarketDefinition) -> Cash {
        Self.money(cash(worth: amount, of: reserve, definition))
    }

    private static func money(_ amount: TokenAmount) -> Cash { .proceeds(min(amount, TokenAmount(Int128.max))) }
}
