import Foundation
import Testing

/// After every tick the accounts that the index has told of, judged by the exact rules, are the ones that brute force finds:
/// every account judged, whether the index thinks of it or not.
@Suite struct VenueWatchTests {
    /// Blocks of twenty worlds, and of five; `scripts/soak` plays all that there were when a venue was written.
    private static let isSoak = ProcessInfo.processInfo.environment["BAILIFF_SOAK"] != nil
    private static let lending: UInt64 = isSoak ? 10 : 2
    private static let perpetual: UInt64 = isSoak ? 40 : 2

    @Test(arguments: 0..<Self.lending) func `Aave, every version and mode`(block: UInt64) {
        check(AaveTwin.self, block)
    }
    @Test(arguments: 0..<Self.lending) func `Compound v2`(block: UInt64) { check(CompoundV2Twin.self, block) }
    @Test(arguments: 0..<Self.lending) func `Compound v3`(block: UInt64) { check(CompoundV3Twin.self, block) }
    @Test(arguments: 0..<Self.lending) func `Morpho`(block: UInt64) { check(MorphoTwin.self, block) }
    @Test(arguments: 0..<Self.lending) func `Euler, with thresholds coming down`(block: UInt64) {
        check(EulerTwin.self, block)
    }
    @Test(arguments: 0..<Self.lending) func `Maker`(block: UInt64) { check(MakerTwin.self, block) }
    @Test(arguments: 0..<Self.lending) func `Liquity, in and out of recovery mode`(block: UInt64) {
        check(LiquityTwin.self, block)
    }

    @Test(arguments: 0..<Self.lending) func `attested levels`(block: UInt64) { check(AttestedTwin.self, block) }

    @Test(arguments: 0..<Self.perpetual) func `dYdX, isolated and cross`(block: UInt64) {
        check(DYdXTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<Self.perpetual) func `Hyperliquid, with brackets`(block: UInt64) {
        check(HyperliquidTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<Self.perpetual) func `Synthetix, with the keepers' reward`(block: UInt64) {
        check(SynthetixTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<Self.perpetual) func `Perpetual, with other collateral`(block: UInt64) {
        check(PerpetualProtocolTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<Self.perpetual) func `Drift, with deposits and borrows`(block: UInt64) {
        check(DriftTwin.self, block, seeds: 5)
    }
    @Test(arguments: 0..<Self.perpetual) func `GMX, with least and most prices`(block: UInt64) {
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
