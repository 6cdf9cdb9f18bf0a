import Forecast
import Testing
import Units

@testable import Episodes

@Suite struct ReliabilityStudyTests {
    /// A market whose moves are all of one size, from a seed: what is predicted of it must come true.
    private static func walk(seed: UInt64, rows: Int) -> RecordedPrices {
        var generator = SeededGenerator(seed: seed)
        var price = 1_000.0
        var prices: [[Double]] = []
        for _ in 0..<rows {
            var change = -6.0
            for _ in 0..<12 { change += generator.fraction() }
            price *= 1 + 0.001 * change
            prices.append([price])
        }
        return RecordedPrices(
            name: "walk", assets: ["walk"],
            moments: (0..<rows).map { Moment(nanoseconds: Int64($0) * 60_000_000_000) }, prices: prices)
    }

    @Test func `predictions of a random walk come true as often as they say`() {
        let study = ReliabilityStudy(Self.walk(seed: 4, rows: 20_000))
        let table = study.table(FirstPassage(looks: Double(ReliabilityStudy.horizonRows)))
        #expect(table.count > 50_000)
        for bin in table.bins where bin.count > 2_000 {
            #expect(
                abs(bin.frequency - bin.meanPrediction) < 0.04,
                "\(bin.lower): predicted \(bin.meanPrediction), happened \(bin.frequency)")
        }
        #expect(table.brierScore < table.climateBrierScore)
    }

    @Test func `a hole in the recording starts the estimate anew`() {
        let whole = Self.walk(seed: 4, rows: 200)
        var moments = whole.moments
        for row in 100..<200 { moments[row] = moments[row] + .seconds(86_400) }
        let broken = RecordedPrices(name: "hole", assets: ["walk"], moments: moments, prices: whole.prices)
        #expect(ReliabilityStudy(broken).samples.count < ReliabilityStudy(whole).samples.count)
        #expect(ReliabilityStudy(broken).samples.count > 0)
    }

    /// Half of January 2021 gives the parameters, the other half and other years are predicted with them.
    @Test(.enabled(if: RecordedData.isPresent, "needs the recorded episodes: set BAILIFF_DATA"))
    func `calibrated on one half, the other half of a crash is predicted honestly`() throws {
        let recordings = try RecordedPrices.all(below: RecordedData.root)
        #expect(recordings.map(\.name).contains("2021-01-eth-crash"))
        let crash = try #require(recordings.first { $0.name == "2021-01-eth-crash" })
        let (train, test) = crash.split(at: 0.5)
        let passage = ReliabilityStudy(train.every(4)).calibrated()
        let table = ReliabilityStudy(test).table(passage)
        for bin in table.bins where bin.count > 3_000 {
            #expect(
                abs(bin.frequency - bin.meanPrediction) < 0.08,
                "\(bin.lower): predicted \(bin.meanPrediction), happened \(bin.frequency)")
        }
        #expect(table.brierScore < 0.7 * table.climateBrierScore)
    }
}

extension RecordedPrices {
    /// The first part of so many, to be quick.
    fileprivate func every(_ parts: Int) -> RecordedPrices { split(at: 1 / Double(parts)).0 }
}
