import Domain
import Testing

@Suite struct FactorTests {
    @Test(arguments: [0, 1, 7, UInt16.max])
    func `a factor remembers its reserve and side`(reserve: UInt16) {
        for side in Side.allCases {
            let factor = FactorIndex(ReserveIndex(reserve), side)
            #expect(factor.reserve == ReserveIndex(reserve))
            #expect(factor.side == side)
        }
    }
}
