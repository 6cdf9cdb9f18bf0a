import Testing
import Units

@Suite struct BasisPointsTests {
    @Test(
        arguments: [(0, 50, 0, 0), (1, 1, 0, 1), (10_000, 50, 50, 50), (9_999, 5_000, 4_999, 5_000)]
            as [(UInt64, UInt32, UInt64, UInt64)])
    func `a share rounds down or up by name`(amount: UInt64, points: UInt32, down: UInt64, up: UInt64) {
        #expect(BasisPoints(points).share(of: UInt128(amount)) == UInt128(down))
        #expect(BasisPoints(points).shareRoundingUp(of: UInt128(amount)) == UInt128(up))
    }

    @Test func `the whole of the largest amount fits`() {
        #expect(BasisPoints.whole.share(of: .max) == .max)
        #expect(BasisPoints.whole.shareRoundingUp(of: .max) == .max)
    }
}
