import Mechanisms
import Units

/// Auctions by bids. One bidder: it bids at once the most that leaves it a hundredth and the gas of bidding and of fetching, as
/// competition would have it, and only what it can pay. It gets the lot when nobody outdid it for `bid_blocks`, at the price of then.
extension StressWorld {
    mutating func runEnglish() {
        for position in liquidatable() {
            for var lot in lotsToOpen(position) {
                guard let tab = tab(of: lot) else { continue }
                lot.flip = EnglishAuction(
                    lot: UInt256(lot.amount * Self.scale(lot.asset)), tab: tab, step: step,
                    bidTime: .seconds(Int64(risk["bid_blocks"]) * 12),
                    wholeTime: .seconds(Int64(risk["bidding_blocks"]) * 12), at: now)
                enter(lot)
            }
        }
        var done: [Int] = []
        for i in lots.indices {
            if let anew = lots[i].flip?.restarted(at: now) { lots[i].flip = anew }
            if lots[i].bid == 0 {
                bid(on: i)
            } else if lots[i].flip?.canBeDealt(at: now) == true, room > 0, canFetch(lots[i]) {
                deal(i)
                done.append(i)
            }
        }
        for i in done.reversed() {
            let lot = lots.remove(at: i)
            close(lot)
        }
    }

    private var step: UInt256 {
        UInt256(Wad.one.value).multiplied(
            by: UInt256(10_000 + risk["bid_step_bps"]), dividedRoundingDownBy: 10_000) ?? UInt256(Wad.one.value)
    }

    /// The most that so much is worth bidding for, in cash.
    private func worth(_ amount: TokenAmount, of asset: StressAsset) -> TokenAmount {
        let proceeds = market.proceeds(amount, of: asset) / 100 * 99
        return proceeds > 2 * gasCost ? proceeds - 2 * gasCost : 0
    }

    private mutating func bid(on lot: Int) {
        guard room > 0, let flip = lots[lot].flip, flip.isOpen(at: now) else { return }
        let asset = lots[lot].asset
        let most = worth(lots[lot].amount, of: asset)
        guard let tab = flip.tab.dividedRoundingUp(by: Self.rad).asUInt128 else { return }
        let bid = min(most, tab)
        guard bid > 0, books.cash(.bot) >= bid + gasCost,
            case .success(var after) = flip.tend(bid: min(flip.tab, UInt256(bid) * Self.rad), at: now)
        else { return }
        var kept = lots[lot].amount
        if most >= tab {
            let less = least(of: lots[lot].amount, worth: tab, asset)
            if case .success(let dented) = after.dent(lot: UInt256(less * Self.scale(asset)), at: now) {
                (after, kept) = (dented, less)
            }
        }
        spendAction()
        books.pay(bid, from: .bot, to: .auctions)
        let back = lots[lot].amount - kept
        books.give(back, of: asset, from: .auctions, to: .accounts)
        accounts[lots[lot].account].held[asset.rawValue] += back
        lots[lot].held[asset.rawValue] = kept
        (lots[lot].bid, lots[lot].flip) = (bid, after)
    }

    /// The least of a lot that is still worth as much: by halving, at most 128 times.
    private func least(of amount: TokenAmount, worth wanted: TokenAmount, _ asset: StressAsset) -> TokenAmount {
        var (low, high) = (TokenAmount(0), amount)
        while low < high {
            let middle = low + (high - low) / 2
            if worth(middle, of: asset) >= wanted { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The gas may come out of the sale.
    private func canFetch(_ lot: StressLot) -> Bool {
        books.cash(.bot) + market.proceeds(lot.amount, of: lot.asset) >= gasCost
    }

    private mutating func deal(_ lot: Int) {
        let asset = lots[lot].asset
        let bid = lots[lot].bid
        lots[lot].bid = 0
        receive(bid, from: .auctions, for: lot)
        let won = lots[lot].amount
        lots[lot].held[asset.rawValue] = 0
        books.give(won, of: asset, from: .auctions, to: .bot)
        sell(won, of: asset, by: .bot)
        spendAction()
    }
}
