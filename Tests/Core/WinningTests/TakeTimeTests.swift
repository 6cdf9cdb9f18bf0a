import Testing
import Units
import Winning

@Suite struct TakeTimeTests {
    private let value: TokenAmount = 1_000_000

    /// The profit grows by a hundredth of the value each block.
    private func profit(_ moment: Moment) -> Cash? {
        Cash(units: Int128(moment.nanoseconds / 12_000_000_000 - 10) * 10_000)
    }

    private func best(_ rivals: UInt32, patience: ClosedRange<Int64>) -> TakeTime? {
        TakeTime.best(
            from: .start, through: Moment(nanoseconds: 1_200_000_000_000), step: .seconds(12), value: value,
            against: TakeTime.Rivals(
                count: rivals, margin: Quantiles(from: patience.lowerBound, to: patience.upperBound)),
            profit: profit)
    }

    @Test func `without rivals the last moment is the best`() throws {
        let time = try #require(best(0, patience: 0...1))
        #expect(time.moment == Moment(nanoseconds: 1_200_000_000_000) && time.chance == .certain)
    }

    @Test(arguments: [1, 2, 4])
    func `against patience spread evenly the margin is one part in one more than the rivals`(count: UInt32) throws {
        // Maximise m · (1 − m / M)^n: m = M / (n + 1).
        let time = try #require(best(count, patience: 0...6_000))
        let margin = time.profit.units * 10_000 / Int128(value)
        #expect((margin - 6_000 / Int128(count + 1)).magnitude <= 100)
    }

    @Test func `rivals that ask for nothing leave nothing`() {
        #expect(best(1, patience: 0...0)?.expectedValue ?? .zero == .zero)
    }

    @Test func `an auction that never pays is not taken`() {
        let never = TakeTime.best(
            from: .start, through: Moment(nanoseconds: 12_000_000_000), step: .seconds(12), value: value,
            against: TakeTime.Rivals(count: 0, margin: Quantiles(from: 0, to: 1)), profit: profit)
        #expect(never == nil)
    }
}
