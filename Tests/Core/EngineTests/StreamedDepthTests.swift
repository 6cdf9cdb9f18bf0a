import Domain
import Engine
import Testing
import Units

@Suite struct StreamedDepthTests {
    private static let ether: TokenAmount = 1_000_000_000_000_000_000
    private static let (poolVenue, bookVenue) = (TradingVenueIndex(0), TradingVenueIndex(1))
    private static let poolForm = DepthUpdate.Form.pool(
        asset: 1_000 * ether, against: 2_050_000_000_000, fee: .basisPoints(30))

    private func state(
        _ world: inout LendingWorld, _ venue: TradingVenueIndex, _ form: DepthUpdate.Form, _ rows: [DepthRow] = []
    ) {
        world.step(
            .depthBegins(
                DepthUpdate(
                    asset: LendingWorld.weth, against: LendingWorld.usdc, venue: venue, form: form,
                    rows: UInt16(rows.count))))
        for row in rows { world.step(.depthRow(row)) }
    }

    /// Two WETH at 2 100, which is better than any pool here.
    private func stateBook(_ world: inout LendingWorld) {
        state(&world, Self.bookVenue, .book(feePips: 0), [.bid(price: 2_100_000_000, size: 2 * Self.ether)])
    }

    /// `getAmountOut` of Uniswap v2 in plain integers.
    private func poolOut(_ amount: UInt128) -> UInt128 {
        let (asset, cash) = (1_000 * Self.ether, UInt128(2_050_000_000_000))
        let kept = amount * 9_970
        return (asset * 10_000 + kept).dividingFullWidth(cash.multipliedFullWidth(by: kept)).quotient
    }

    private func intent(_ world: inout LendingWorld) throws -> Intent {
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        return try #require(world.take().intents.first)
    }

    @Test func `what is seized is sold in both streamed venues, to the unit, for more than its own pool pays`() throws {
        var own = LendingWorld()
        let alone = try intent(&own)
        var world = LendingWorld()
        world.step(.use(LendingWorld.weth, .depth))
        stateBook(&world)
        state(&world, Self.poolVenue, Self.poolForm)
        let bid = try intent(&world)
        #expect(bid.figures.seize == 4_400_000_000_000_000_000)
        // The whole book, and what is left in the pool.
        #expect(bid.figures.proceeds == 4_200_000_000 + poolOut(2_400_000_000_000_000_000))
        #expect(bid.figures.proceeds > alone.figures.proceeds)
        #expect(bid.figures.netProfit > alone.figures.netProfit)
    }

    @Test func `where its own pool is shallow, streamed depth makes the bid larger`() throws {
        let shallow = Pool(assetReserve: 100 * Self.ether, cashReserve: 190_000_000_000, fee: .basisPoints(30))
        var own = LendingWorld()
        own.step(.pool(LendingWorld.weth, shallow))
        let small = try intent(&own)
        var world = LendingWorld()
        world.step(.pool(LendingWorld.weth, shallow))
        world.step(.use(LendingWorld.weth, .depth))
        stateBook(&world)
        state(&world, Self.poolVenue, Self.poolForm)
        let large = try intent(&world)
        #expect(small.figures.repay < 8_000_000_000)
        #expect(large.figures.repay == 8_000_000_000)
    }

    @Test func `an asset of which nothing is configured is sold in its own pool, whatever is streamed`() throws {
        var own = LendingWorld()
        let alone = try intent(&own)
        var world = LendingWorld()
        stateBook(&world)
        #expect(try intent(&world).figures == alone.figures)
    }

    @Test func `a venue that is taken back trades no more`() throws {
        var own = LendingWorld()
        let alone = try intent(&own)
        var world = LendingWorld(rules: LendingWorld.rules) { $0.use = .depth }
        stateBook(&world)
        state(&world, Self.bookVenue, .none)
        #expect(try intent(&world).figures == alone.figures)
    }

    @Test func `a venue that its stream's next snapshot does not state is gone`() throws {
        var own = LendingWorld()
        let alone = try intent(&own)
        var world = LendingWorld(rules: LendingWorld.rules) { $0.use = .depth }
        stateBook(&world)
        world.step(.snapshotBegins(LendingWorld.stream))
        world.step(.snapshotEnds(LendingWorld.stream))
        #expect(try intent(&world).figures == alone.figures)
    }

    @Test func `an account that was refused is looked at again after the block in which depth came`() throws {
        var world = LendingWorld(rules: LendingWorld.rules) { $0.use = .depth }
        world.step(.pool(LendingWorld.weth, Pool(assetReserve: 1, cashReserve: 1, fee: .zero)))
        world.open(0, weth: 10, usdc: 16_000)
        world.price(1_900)
        #expect(world.take().intents.isEmpty)
        state(&world, Self.poolVenue, Self.poolForm)
        #expect(world.take().isEmpty)
        world.block(2)
        #expect(world.take().intents.count == 1)
    }

    @Test func `depth that cannot be, against another asset or of a ninth venue is ignored with its reason`() {
        var world = LendingWorld(rules: LendingWorld.rules) { $0.use = .depth }
        state(&world, Self.bookVenue, .book(feePips: 0), [.bid(price: 5, size: 1), .bid(price: 6, size: 1)])
        #expect(world.take().ignored == [.unusableDepth])
        world.step(
            .depthBegins(
                DepthUpdate(
                    asset: LendingWorld.usdc, against: LendingWorld.weth, venue: Self.poolVenue, form: Self.poolForm)))
        #expect(world.take().ignored == [.unusableDepth])
        for venue in 0..<9 { state(&world, TradingVenueIndex(venue), Self.poolForm) }
        #expect(world.take().ignored == [.unusableDepth])
        world.step(.depthRow(.bid(price: 5, size: 1)))
        #expect(world.take().ignored == [.orphanLeg])
    }
}
