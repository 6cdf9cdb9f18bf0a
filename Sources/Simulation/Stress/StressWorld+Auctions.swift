import Domain
import Mechanisms
import Units

/// Collateral and debt that left an account for an auction.
struct StressLot {
    /// Where what is left over goes back to.
    var account: Int
    var asset: StressAsset
    var held: [TokenAmount]
    var debt: TokenAmount
    /// Cash that stands as a bid.
    var bid: TokenAmount = 0
    var clip: ClipAuction?
    var flip: EnglishAuction?

    var amount: TokenAmount { held[asset.rawValue] }
}

/// Auctions by Maker's integers: collateral and coins with 18 decimals, what is to be raised with 45. Cash that is paid is rounded
/// up, collateral that is bought down; what that leaves goes back to the owner with the rest of the lot.
extension StressWorld {
    static let coin: UInt128 = 1_000_000_000_000
    /// One unit of cash with 45 decimals.
    static let rad = UInt256(coin) * AuctionCurve.ray

    var now: Moment { Moment(nanoseconds: Int64(block) * 12_000_000_000) }

    static func scale(_ asset: StressAsset) -> UInt128 { Reserve.powerOfTen(18 - asset.decimals) }

    /// Every liquidatable account goes to auction whole, a lot for each collateral with its part of the debt by the oracle's
    /// values. The venue starts auctions by itself.
    func lotsToOpen(_ position: Int) -> [StressLot] {
        let account = accounts[position]
        let values = StressAsset.allCases.map { $0.value(account.held[$0.rawValue], at: judge.price($0)) }
        return account.split(by: values).compactMap { part in
            guard part.debt > 0, let asset = StressAsset.allCases.first(where: { part.held[$0.rawValue] > 0 }) else {
                return nil
            }
            return StressLot(account: position, asset: asset, held: part.held, debt: part.debt)
        }
    }

    /// `Dog.bark` of a whole lot: what it must raise.
    func tab(of lot: StressLot) -> UInt256? {
        let chop = UInt256(Wad.one.value).multiplied(
            by: UInt256(10_000 + risk["penalty_bps"]), dividedRoundingDownBy: 10_000)
        guard let chop else { return nil }
        return UInt256(lot.debt * Self.coin).multiplied(by: AuctionCurve.ray)?.multiplied(
            by: chop, dividedRoundingDownBy: UInt256(Wad.one.value))
    }

    mutating func enter(_ lot: StressLot) {
        accounts[lot.account].debt -= lot.debt
        accounts[lot.account].held[lot.asset.rawValue] -= lot.amount
        books.give(lot.amount, of: lot.asset, from: .accounts, to: .auctions)
        result.liquidations += 1
        result.collateral += lot.asset.value(lot.amount, at: judge.price(lot.asset))
        lots.append(lot)
    }

    /// Cash for a lot: the debt first, then the penalty.
    mutating func receive(_ cash: TokenAmount, from giver: StressParty, for lot: Int) {
        let debt = min(cash, lots[lot].debt)
        books.pay(debt, from: giver, to: .vault)
        lots[lot].debt -= debt
        result.volume += debt
        keepFee(cash - debt, from: giver)
    }

    /// What is left of the lot goes back, and what is left of the debt is lost.
    mutating func close(_ lot: StressLot) {
        books.give(lot.amount, of: lot.asset, from: .auctions, to: .accounts)
        accounts[lot.account].held[lot.asset.rawValue] += lot.amount
        cover(lot.debt)
    }

    // MARK: Dutch

    mutating func runDutch() {
        for position in liquidatable() {
            for var lot in lotsToOpen(position) {
                lot.clip = clip(of: lot)
                if lot.clip != nil { enter(lot) }
            }
        }
        for i in lots.indices {
            redo(i)
            for _ in 0..<Self.roundsMax where room > 0 && !isOver(lots[i]) {
                guard takeDutch(i) else { break }
            }
        }
        let done = lots.filter { isOver($0) }
        lots = lots.filter { !isOver($0) }
        for lot in done { close(lot) }
    }

    private func isOver(_ lot: StressLot) -> Bool { lot.amount == 0 || (lot.clip?.tab ?? .zero) < Self.rad }

    private var keeper: ClipKeeper {
        let buf = AuctionCurve.ray.multiplied(
            by: UInt256(risk["auction_start_bps"]), dividedRoundingDownBy: 10_000)
        return ClipKeeper(tip: .zero, chip: .zero, buf: buf ?? AuctionCurve.ray)
    }

    /// The oracle's price of one unit of 18 decimals in coins, 27 decimals.
    private func feed(_ asset: StressAsset) -> UInt256 {
        UInt256(judge.price(asset)) * UInt256(AuctionCurve.ray.low / StressAsset.one)
    }

    private func clip(of lot: StressLot) -> ClipAuction? {
        guard let tab = tab(of: lot), let top = keeper.top(feedPrice: feed(lot.asset)), !top.isZero,
            let cut = AuctionCurve.ray.multiplied(
                by: UInt256(10_000 - risk["auction_cut_bps"]), dividedRoundingDownBy: 10_000)
        else { return nil }
        return ClipAuction(
            lot: lot.amount * Self.scale(lot.asset), tab: tab, top: top, started: now,
            curve: .stairstep(step: 12, cut: cut), tail: UInt64(risk["auction_blocks"]) * 12, cusp: .zero, chost: .zero)
    }

    /// An auction that ran out begins anew from the oracle's price.
    private mutating func redo(_ lot: Int) {
        guard let clip = lots[lot].clip, clip.status(at: now)?.needsReset == true,
            case .success(let anew) = keeper.restart(clip, feedPrice: feed(lots[lot].asset), at: now)
        else { return }
        lots[lot].clip = anew.auction
    }

    private mutating func takeDutch(_ lot: Int) -> Bool {
        let asset = lots[lot].asset
        guard let clip = lots[lot].clip,
            let offer = ClipOffer(clip, pays: StressAsset.cash, receives: asset.reserve, at: now),
            let choice = choice(offer, of: asset, cashScale: Self.coin, assetScale: Self.scale(asset))
        else { return false }
        spendAction()
        lots[lot].clip?.tab -= min(clip.tab, UInt256(choice.paid) * Self.rad)
        lots[lot].held[asset.rawValue] -= choice.received
        let left = lots[lot].amount
        lots[lot].clip?.lot = UInt256(left * Self.scale(asset))
        receive(choice.paid, from: .bot, for: lot)
        books.give(choice.received, of: asset, from: .auctions, to: .bot)
        sell(choice.received, of: asset, by: .bot)
        return true
    }
}
