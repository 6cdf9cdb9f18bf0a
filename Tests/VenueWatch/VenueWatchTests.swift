import Testing

/// After every tick the accounts that the index has told of, judged by the exact rules, are the ones that brute force finds:
/// every account judged, whether the index thinks of it or not.
@Suite struct VenueWatchTests {
    @Test(arguments: 0..<5) func `Aave, every version and mode`(block: UInt64) { check(AaveTwin.self, block) }
    @Test(arguments: 0..<5) func `Compound v2`(block: UInt64) { check(CompoundV2Twin.self, block) }
    @Test(arguments: 0..<5) func `Compound v3`(block: UInt64) { check(CompoundV3Twin.self, block) }
    @Test(arguments: 0..<5) func `Morpho`(block: UInt64) { check(MorphoTwin.self, block) }
    @Test(arguments: 0..<5) func `Euler, with thresholds coming down`(block: UInt64) { check(EulerTwin.self, block) }
    @Test(arguments: 0..<5) func `Maker`(block: UInt64) { check(MakerTwin.self, block) }
    @Test(arguments: 0..<5) func `Liquity, in and out of recovery mode`(block: UInt64) {
        check(LiquityTwin.self, block)
    }

    @Test(arguments: 0..<5) func `attested levels`(block: UInt64) { check(AttestedTwin.self, block) }

    @Test(arguments: 0..<4) func `dYdX, isolated and cross`(block: UInt64) { check(DYdXTwin.self, block, seeds: 5) }
    @Test(arguments: 0..<4) func `Hyperliquid, with brackets`(block: UInt64) {
        check(HyperliquidTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<4) func `Synthetix, with the keepers' reward`(block: UInt64) {
        check(SynthetixTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<4) func `Perpetual, with other collateral`(block: UInt64) {
        check(PerpetualProtocolTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<4) func `Drift, with deposits and borrows`(block: UInt64) {
        check(DriftTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<4) func `GMX, with least and most prices`(block: UInt64) {
        check(GMXTwin.self, block, seeds: 5)
    }

    private func check<Twin: VenueTwin>(_ twin: Twin.Type, _ block: UInt64, seeds: UInt64 = 20) {
        var crossings = 0
        for seed in block * seeds..<block * seeds + seeds {
            var world = WatchedWorld<Twin>(seed: seed)
            world.run(ticks: 60)
            #expect(world.failure == nil, "seed \(seed): \(world.failure ?? "")")
            crossings += world.crossings
        }
        #expect(crossings > 10 * Int(seeds), "worlds in which next to nothing happened prove nothing")
    }
}
