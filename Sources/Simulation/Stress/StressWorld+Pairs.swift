import Margin
import Mechanisms
import Units

/// Fixed penalties, and taking over in parts: a taker pays the debt and gets the collateral.
extension StressWorld {
    /// Every account at most `roundsMax` times a block: a close factor leaves something to take again.
    static let roundsMax = 4

    mutating func liquidatePairs() {
        for position in liquidatable() {
            for _ in 0..<Self.roundsMax {
                guard room > 0, liquidatePair(position) else { break }
            }
        }
    }

    /// The best of the account's collaterals. Returns whether anything was done.
    private mutating func liquidatePair(_ position: Int) -> Bool {
        let account = accounts[position]
        guard let health = judge.health(account), health.isLiquidatable else { return false }
        var best: (asset: StressAsset, choice: StressChoice)?
        for asset in StressAsset.allCases where account.held[asset.rawValue] > 0 {
            guard let offer = judge.pair(asset, of: account, health), let found = choice(offer, of: asset) else {
                continue
            }
            if found.profit > best?.choice.profit ?? 0 { best = (asset, found) }
        }
        guard let (asset, choice) = best else { return false }
        spendAction()
        repay(choice.paid, of: position)
        take(choice.received, of: asset, from: position)
        accounts[position].held[asset.rawValue] -= choice.exchange.protocolFee
        count(debt: choice.paid, collateral: choice.received + choice.exchange.protocolFee, of: asset)
        sell(choice.received, of: asset, by: .bot)
        keepFee(choice.exchange.protocolFee, of: asset, from: .accounts)
        return true
    }

    /// The bot pays an account's debt.
    mutating func repay(_ amount: TokenAmount, of position: Int) {
        books.pay(amount, from: .bot, to: .vault)
        accounts[position].debt -= amount
    }

    /// The bot gets an account's collateral.
    private mutating func take(_ amount: TokenAmount, of asset: StressAsset, from position: Int) {
        accounts[position].held[asset.rawValue] -= amount
        books.give(amount, of: asset, from: .accounts, to: .bot)
    }

    // MARK: In parts

    /// Of each liquidatable account's largest collateral at most `partial_bps` a block, at the oracle's price less the penalty:
    /// value · 10 000 / (10 000 + penalty), rounded down. The venue's part of the penalty is taken off what the taker gets.
    mutating func runPartial() {
        for position in liquidatable() where room > 0 {
            let account = accounts[position]
            let asset = StressAsset.allCases.max { a, b in
                let (first, second) = (worth(a, account), worth(b, account))
                return first != second ? first < second : a.rawValue > b.rawValue
            }
            guard let asset, let offer = part(asset, of: account), let choice = choice(offer, of: asset) else {
                continue
            }
            spendAction()
            let bonus = choice.received - bare(choice.received)
            let fee = risk.share("protocol_fee_bps").share(of: bonus)
            repay(choice.paid, of: position)
            take(choice.received - fee, of: asset, from: position)
            accounts[position].held[asset.rawValue] -= fee
            count(debt: choice.paid, collateral: choice.received, of: asset)
            sell(choice.received - fee, of: asset, by: .bot)
            keepFee(fee, of: asset, from: .accounts)
        }
    }

    private func worth(_ asset: StressAsset, _ account: StressAccount) -> TokenAmount {
        asset.value(account.held[asset.rawValue], at: judge.price(asset))
    }

    /// Without the penalty, rounded down.
    private func bare(_ amount: TokenAmount) -> TokenAmount {
        StressAsset.product(amount, 10_000, over: 10_000 + UInt128(risk["penalty_bps"]))
    }

    private func part(_ asset: StressAsset, of account: StressAccount) -> PositionOffer? {
        let held = account.held[asset.rawValue]
        var size = max(1, risk.share("partial_bps").shareRoundingUp(of: held))
        // What is worth less than 2 500 dollars goes whole: parts of parts would not pay for their gas.
        if worth(asset, account) < 2_500 * StressAsset.cashUnit { size = held }
        var cash = bare(asset.value(size, at: judge.price(asset)))
        if cash > account.debt {
            size = StressAsset.product(size, account.debt, over: cash)
            cash = account.debt
        }
        return PositionOffer(
            .partialLiquidation, instrument: asset.reserve, cashAsset: StressAsset.cash, size: size, for: cash,
            isLong: true, window: OfferWindow(opens: .start))
    }
}
