import Domain
import Margin
import Mechanisms
import Testing
import Units

@testable import Paper

/// Bad debt goes to the fund first and to suppliers then, and its parts add up.
@Suite struct InsuranceTests {
    /// 10 WETH against 15 000 USDC at a price of 1 000: all of it seized with 5 % of bonus pays 9 523.809523 USDC, so 5 476.190477
    /// are bad.
    private func ruined(_ preset: PaperPreset, _ others: (SmallMarket) -> Void = { _ in }) -> SmallMarket {
        let small = SmallMarket(preset, protocolFee: 0)
        small.victim(0)
        others(small)
        small.price(weth, 1_000)
        for _ in 0..<40 where small.held().contains(where: { $0.factor.side == .debt }) {
            small.submit(small.order(account: 0, repay: TokenAmount(Int128.max), margin: -1_000_000_000_000))
            small.closeBlock()
        }
        return small
    }

    private func insured(_ opening: UInt64) -> PaperPreset {
        var preset = PaperPreset.unhindered
        preset.insuranceOpening = opening
        return preset
    }

    @Test func `a fund that is large enough pays all of it`() {
        let books = ruined(insured(1_000_000)).books()
        #expect(books.badDebt > .zero && books.insurance.drawn == books.badDebt)
        #expect(books.insurance.socialised == .zero && books.insurance[usdc].socialised == 0)
        #expect(Cash.proceeds(books.insurance[usdc].balance) == Cash(units: 1_000_000_000_000) - books.badDebt)
    }

    @Test func `an empty fund leaves all of it to suppliers whom the tape does not show`() {
        let books = ruined(insured(0)).books()
        #expect(books.badDebt > .zero && books.insurance.socialised == books.badDebt)
        #expect(books.insurance[usdc].unseenLoss == books[usdc].writtenOff && books.insurance[usdc].losses.isEmpty)
    }

    @Test func `what a small fund does not cover is spread by supply to the unit`() {
        // Two suppliers of 10 000 and 20 000 USDC who owe a little WETH, and 15 000 borrowed: nobody else need have lent.
        let small = ruined(insured(1_000)) { small in
            small.account(1, [Leg(usdc, .collateral, 10_000_000_000), Leg(weth, .debt, oneETH / 1_000)])
            small.account(2, [Leg(usdc, .collateral, 20_000_000_000), Leg(weth, .debt, oneETH / 1_000)])
        }
        let insurance = small.books().insurance
        let lost = small.books()[usdc].writtenOff - 1_000_000_000
        #expect(insurance.drawn == Cash(units: 1_000_000_000) && insurance[usdc].balance == 0)
        #expect(insurance[usdc].losses == [1: lost / 3, 2: lost - lost / 3])
        #expect(insurance[usdc].unseenLoss == 0 && insurance.accountsHit == 2)
        // Their balances, which decide their own margin, are as they were.
        #expect(small.held(1).contains(Leg(usdc, .collateral, 10_000_000_000)))
    }

    @Test func `the fund takes its share of the protocol fee and no more`() throws {
        var preset = PaperPreset.unhindered
        preset.insuranceShare = .basisPoints(2_500)
        let small = SmallMarket(preset, protocolFee: 1_000)
        small.victim(0)
        small.price(weth, 1_800)
        small.submit(small.order())
        small.closeBlock()
        #expect(try #require(small.endings().first).isSettled)
        let (fund, venue) = (small.books().insurance[weth].balance, small.books()[weth].protocolFees)
        #expect(fund > 0 && fund == (fund + venue) / 4, "\(fund) of \(fund + venue)")
    }

    @Test func `a loss in another asset is paid with the fund's cash at the oracle's price rounded up`() {
        // 100 000 USDC against 50 WETH: when WETH costs 8 000 a repayment of 11.9 WETH takes all the collateral.
        let small = SmallMarket(insured(10_000), protocolFee: 0)
        small.account(0, [Leg(usdc, .collateral, 100_000_000_000), Leg(weth, .debt, 50 * oneETH)])
        small.price(weth, 8_000)
        for _ in 0..<40 where small.held().contains(where: { $0.factor.side == .debt }) {
            small.submit(
                small.order(
                    repay: TokenAmount(Int128.max), margin: -1_000_000_000_000,
                    pair: LiquidationPair(collateral: usdc, debt: weth)))
            small.closeBlock()
        }
        let insurance = small.books().insurance
        // 10 000 USDC buy 1.25 WETH.
        #expect(insurance[weth].drawn == oneETH * 5 / 4 && insurance[usdc].balance == 0)
        #expect(insurance[weth].unseenLoss == small.books()[weth].writtenOff - oneETH * 5 / 4)
        #expect(insurance.drawn == Cash(units: 10_000_000_000))
    }
}
