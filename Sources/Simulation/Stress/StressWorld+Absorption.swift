import CompoundV3
import Domain
import Mechanisms
import Units

/// The venue takes a liquidatable account whole, by its own keeper and at once, and sells what it took while it is short of cash.
extension StressWorld {
    mutating func runAbsorption() {
        for position in liquidatable() { absorb(position) }
        for asset in StressAsset.allCases {
            for _ in 0..<Self.salesMax where room > 0 && advance > 0 {
                guard buy(asset) else { break }
            }
        }
        // Once suppliers have everything, what is left is the venue's.
        if advance == 0 {
            for asset in StressAsset.allCases {
                books.give(books.amount(asset, .inventory), of: asset, from: .inventory, to: .treasury)
            }
        }
    }

    private static let salesMax = 8

    /// `absorb`: the debt is the venue's to pay, and what the collateral counts for beyond it is the owner's, as a supplier.
    private mutating func absorb(_ position: Int) {
        guard let absorption = judge.absorption(accounts[position]), let paid = absorption.paidOut.asUInt128 else {
            return
        }
        claims[claims.count - 1] += absorption.balanceAfter.low
        advance += paid
        result.liquidations += 1
        result.collateral += judge.value(accounts[position])
        for asset in StressAsset.allCases {
            books.give(accounts[position].held[asset.rawValue], of: asset, from: .accounts, to: .inventory)
        }
        accounts[position].held = [0, 0, 0]
        accounts[position].debt = 0
    }

    /// `buyCollateral`. What it brings beyond the hole is the venue's and the fund's.
    private mutating func buy(_ asset: StressAsset) -> Bool {
        let held = books.amount(asset, .inventory)
        guard held > 0, let sale = sale(of: asset, held), let choice = choice(sale, of: asset) else { return false }
        spendAction()
        let due = min(choice.paid, advance)
        books.pay(due, from: .bot, to: .vault)
        advance -= due
        result.volume += due
        keepFee(choice.paid - due, from: .bot)
        books.give(choice.received, of: asset, from: .inventory, to: .bot)
        sell(choice.received, of: asset, by: .bot)
        return true
    }

    private func sale(of asset: StressAsset, _ held: TokenAmount) -> CompoundV3Sale? {
        let points = UInt128(Wad.one.value) / 10_000
        let terms = CompoundV3SaleTerms(
            assetPrice: Price(baseUnits: judge.price(asset)), assetUnit: asset.unit,
            basePrice: Price(baseUnits: StressAsset.one), baseUnit: StressAsset.cashUnit,
            liquidationFactor: Wad(points * UInt128(10_000 - risk["penalty_bps"])),
            storeFrontFactor: Wad(points * UInt128(risk["storefront_bps"])), held: held, isOpen: true)
        return CompoundV3Sale(terms, pays: StressAsset.cash, receives: asset.reserve, at: .start)
    }
}
