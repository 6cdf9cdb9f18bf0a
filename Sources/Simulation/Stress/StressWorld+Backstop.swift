import Mechanisms
import Units

/// Somebody on the other side: short of an asset since the first price, with a margin of a fifth of that.
struct StressShort: Equatable {
    var size: TokenAmount
    var margin: TokenAmount
}

/// A backstop takes liquidatable accounts over whole, collateral for debt, as long as it has the cash, and sells what it took bit by
/// bit. What it cannot take and is under water is closed against those who win by the fall, at the price at which nothing is owed.
extension StressWorld {
    static let shortsPerAsset = 16

    mutating func openShorts() {
        shorts = StressAsset.allCases.map { asset in
            let all = accounts.reduce(0) { $0 + $1.held[asset.rawValue] }
            return (0..<Self.shortsPerAsset).map { i in
                let part = all / UInt128(Self.shortsPerAsset)
                let size = i == 0 ? all - part * UInt128(Self.shortsPerAsset - 1) : part
                return StressShort(size: size, margin: asset.value(size, at: asset.startPrice) / 5)
            }
        }
    }

    mutating func runBackstop() {
        for position in liquidatable() {
            let account = accounts[position]
            if account.debt <= books.cash(.backstop) {
                takeOver(position)
            } else if account.debt > judge.value(account) {
                deleverage(position)
            }
        }
        for asset in StressAsset.allCases {
            let share = risk.share("backstop_sale_bps").shareRoundingUp(of: books.amount(asset, .backstop))
            sell(share, of: asset, by: .backstop)
        }
    }

    private mutating func takeOver(_ position: Int) {
        let account = accounts[position]
        books.pay(account.debt, from: .backstop, to: .vault)
        result.liquidations += 1
        result.volume += account.debt
        result.collateral += judge.value(account)
        for asset in StressAsset.allCases {
            books.give(account.held[asset.rawValue], of: asset, from: .accounts, to: .backstop)
        }
        accounts[position].held = [0, 0, 0]
        accounts[position].debt = 0
    }

    /// The debt is split over the collaterals by value, and each part paid by those who get the collateral for it.
    private mutating func deleverage(_ position: Int) {
        for lot in lotsToOpen(position) {
            let (asset, price) = (lot.asset, judge.price(lot.asset))
            let queue = shorts[asset.rawValue].map { Self.deleverable($0, asset, price) }
            var taken: [(position: Int, size: TokenAmount, cash: TokenAmount)] = []
            _ = DeleveragingQueue.close(
                Int256(lot.amount), for: UInt256(lot.debt), against: ContiguousArray(queue).span
            ) { taken.append(($0, $1.low, $2.low)) }
            let (size, cash) = taken.reduce((TokenAmount(0), TokenAmount(0))) { ($0.0 + $1.size, $0.1 + $1.cash) }
            guard size > 0 else { continue }
            for part in taken { shorts[asset.rawValue][part.position].size -= part.size }
            books.pay(cash, from: .outside, to: .vault)
            books.give(size, of: asset, from: .accounts, to: .outside)
            accounts[position].debt -= cash
            accounts[position].held[asset.rawValue] -= size
            let worth = asset.value(size, at: price)
            if cash > worth { result.others += cash - worth }
            count(debt: cash, collateral: size, of: asset)
        }
    }

    private static func deleverable(_ short: StressShort, _ asset: StressAsset, _ price: UInt128) -> Deleverable {
        let (was, worth) = (asset.value(short.size, at: asset.startPrice), asset.value(short.size, at: price))
        let profit = Int128(was) - Int128(worth)
        return Deleverable(
            size: Int256(-Int128(short.size)), profit: Int256(profit), notional: UInt256(worth),
            equity: UInt256(UInt128(max(0, Int128(short.margin) + profit))))
    }
}
