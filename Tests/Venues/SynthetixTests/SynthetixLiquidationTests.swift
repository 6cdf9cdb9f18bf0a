import Domain
import Mechanisms
import OfferList
import Synthetix
import Testing
import Units

/// The liquidation window, and what a keeper is offered, worked by hand.
@Suite struct SynthetixLiquidationTests {
    private static let wad: UInt128 = 1_000_000_000_000_000_000
    private static let now = Moment(nanoseconds: 9_000_000_000)

    @Test func `a window closes what is left of it, without a limit everything`() {
        #expect(SynthetixWindow(maximum: 100, used: 70).liquidatable(50, at: Self.now) == 30)
        #expect(SynthetixWindow(maximum: 100, used: 70).liquidatable(20, at: Self.now) == 20)
        #expect(SynthetixWindow(maximum: 0, used: 70).liquidatable(50, at: Self.now) == 50)
        #expect(SynthetixWindow(maximum: 100, used: 130).capacity == .zero)
    }

    @Test func `a full window opens again when the skew is small, but not twice in a second`() {
        var window = SynthetixWindow(
            maximum: 100, used: 100, skew: -9, skewScale: 1_000, premiumMost: UInt256(Self.wad / 100), last: .start)
        #expect(window.liquidatable(500, at: Self.now) == 100)
        window.skew = 10
        #expect(window.liquidatable(500, at: Self.now) == .zero, "at the bound it does not")
        (window.skew, window.last) = (9, Moment(nanoseconds: 9_999_999_999))
        #expect(window.liquidatable(500, at: Self.now) == .zero)
        (window.last, window.premiumMost) = (.start, .zero)
        #expect(window.liquidatable(500, at: Self.now) == .zero)
    }

    @Test func `an account below its margin offers the keeper's reward for flagging it`() throws {
        let dollar = ReserveIndex(0), ether = ReserveIndex(1)
        var reserves = ReserveTable()
        for reserve in [dollar, ether] {
            reserves.define(
                ReserveDefinition(
                    reserve: reserve, market: MarketIndex(0), decimals: 18, liquidationThreshold: .zero,
                    liquidationBonus: .zero, protocolFee: .zero, scalePartsPerMillion: 10_000))
            reserves.set(reserve, price: Price(baseUnits: Self.wad * (reserve == ether ? 2_000 : 1)))
        }
        reserves.define(MarketIndex(0), cash: dollar)
        let ofMarket: [(MarginParameter, UInt128)] = [
            (.minimumInitialMargin, Self.wad / 50), (.impactMargin, 0), (.maintenanceScalar, Self.wad / 2),
            (.skewScale, 1_000_000 * Self.wad), (.minimumPositionMargin, 0), (.flagReward, Self.wad / 1_000),
            (.liquidationWindowMaximum, 0),
        ]
        for (parameter, value) in ofMarket { reserves.set(ether, parameter, to: Int128(value)) }
        let ofCash: [(MarginParameter, UInt128)] = [
            (.keeperRewardMinimum, 0), (.keeperRewardMaximum, 500 * Self.wad), (.keeperProfitMinimum, 0),
            (.keeperScaling, Self.wad), (.flagCost, 3 * Self.wad), (.liquidateCost, 4 * Self.wad),
            (.collateralReward, 0),
        ]
        for (parameter, value) in ofCash { reserves.set(dollar, parameter, to: Int128(value)) }
        func legs(_ margin: UInt128) -> [Leg] {
            [
                Leg(dollar, .collateral, margin * Self.wad), Leg(ether, .collateral, 10 * Self.wad),
                Leg(ether, .entry, signed: Int128(2_000 * Self.wad)),
            ]
        }
        // 20 000 need 200, and the keeper gets 20 and his costs.
        #expect(SynthetixRules().offers(on: legs(227), in: reserves).isEmpty)
        let offer = try #require(SynthetixRules().offers(on: legs(226), in: reserves).first)
        #expect(offer.mechanism == .keeperWork && offer.payable == 0...0)
        #expect(try offer.exchange(paying: 0).get().rewards.first == Reward(dollar, 27 * Self.wad))
    }
}
