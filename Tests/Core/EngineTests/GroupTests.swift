import Domain
import Engine
import Margin
import Testing
import Units

/// One owner on two markets under one engine.
@Suite struct GroupTests {
    private let group = GroupIndex(3)
    private static let other = MarketIndex(1)
    private static let otherCash = ReserveIndex(2)
    private static let otherStream = StreamIndex(1)

    /// The lending world, and beside it a second market of USDC alone, fed by its own stream.
    private func world() -> LendingWorld {
        var world = LendingWorld()
        world.step(
            .market(
                MarketDefinition(
                    market: Self.other, rules: RulesIndex(3), closeFactor: .basisPoints(5_000), cash: Self.otherCash,
                    native: Self.otherCash, flashLoanFee: .zero)), from: Self.otherStream)
        world.step(
            .reserve(
                ReserveDefinition(
                    reserve: Self.otherCash, market: Self.other, decimals: 6, liquidationThreshold: .basisPoints(9_000),
                    liquidationBonus: .basisPoints(10_500), protocolFee: .zero, scalePartsPerMillion: 200)),
            from: Self.otherStream)
        // This market's base unit is a hundredth of a dollar; the first one's has eight decimals.
        world.step(.price(Self.otherCash, Price(baseUnits: 100)), from: Self.otherStream)
        world.step(.stream(.whole), from: Self.otherStream)
        world.open(
            0,
            legs: [
                Leg(LendingWorld.weth, .collateral, 1_000_000_000_000_000_000),
                Leg(LendingWorld.usdc, .debt, 1_000_000_000),
            ], group)
        world.open(
            1, market: Self.other,
            legs: [Leg(Self.otherCash, .collateral, 300_000_000), Leg(Self.otherCash, .debt, 200_000_000)], group)
        return world
    }

    private static let whole = UInt256(1_000_000_000_000_000_000 as UInt128)

    @Test func `the net margin is the sum of the parts, whatever their markets' base units`() throws {
        let world = world()
        let found = world.engine.view(of: group)
        let view = try #require(found)
        #expect(view.parts.map(\.account.raw) == [0, 1])
        let net = try #require(view.net)
        #expect(net.collateral == UInt256(2_300 as UInt64) * Self.whole)
        #expect(net.debt == UInt256(1_200 as UInt64) * Self.whole)
        #expect(net.isSolvent)
    }

    @Test func `each part keeps its own liquidation level`() throws {
        var world = world()
        world.price(1_100)
        let found = world.engine.view(of: group)
        let view = try #require(found)
        #expect(view.parts.map { $0.health?.isLiquidatable } == [true, false])
        #expect(view.net?.isSolvent == true)
    }

    @Test func `a part whose stream is broken makes the group undecidable, not wrong`() throws {
        var world = world()
        world.step(.stream(.broken), from: Self.otherStream)
        let found = world.engine.view(of: group)
        let view = try #require(found)
        #expect(!view.isDecidable)
        #expect(view.parts.map(\.isTrusted) == [true, false])
        world.step(.stream(.whole), from: Self.otherStream)
        #expect(world.isDecidable(group) == true)
    }

    @Test func `a part that is quarantined makes the group undecidable until its whole state arrives`() {
        var world = world()
        world.step(.accountQuarantined(AccountIndex(1), Self.other, .malformed), from: Self.otherStream)
        #expect(world.isDecidable(group) == false)
        world.open(1, market: Self.other, legs: [Leg(Self.otherCash, .collateral, 5)], group, version: 2)
        #expect(world.isDecidable(group) == true)
    }

    @Test func `an account that changes its owner leaves the group`() {
        var world = world()
        world.open(1, market: Self.other, legs: [], GroupIndex(4), version: 2)
        #expect(world.parts(group) == 1)
        #expect(world.parts(GroupIndex(4)) == 1)
        #expect(world.parts(GroupIndex(9)) == nil)
    }
}

extension LendingWorld {
    func isDecidable(_ group: GroupIndex) -> Bool? { engine.view(of: group)?.isDecidable }
    func parts(_ group: GroupIndex) -> Int? { engine.view(of: group)?.parts.count }

    mutating func step(_ input: Input, from stream: StreamIndex) {
        clock += 1
        engine.step(input, from: stream, at: Moment(nanoseconds: clock), into: &outputs)
    }

    mutating func open(
        _ account: Int, market: MarketIndex = LendingWorld.market, legs: [Leg], _ group: GroupIndex?,
        version: UInt64 = 1
    ) {
        let stream = StreamIndex(market.position)
        step(
            .accountBegins(
                AccountUpdate(
                    account: AccountIndex(account), market: market, kind: .state, reserve: Self.weth, version: version,
                    legs: UInt16(legs.count), group: group)), from: stream)
        for leg in legs { step(.accountLeg(leg), from: stream) }
    }
}
