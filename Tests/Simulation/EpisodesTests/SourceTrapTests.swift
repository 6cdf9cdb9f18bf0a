import Testing
import Units

@testable import Episodes

/// The traps that recorded data is known for: each is refused with file, line, column and what stood there.
struct SourceTrapTests {
    private static let good = "1609460068912307,730.86,730.78,51.95,4.2"

    private func minutes(_ rows: String...) throws -> MinuteSeries {
        try MinuteSeries(table(rows.joined(separator: "\n"), MinuteSeries.columns, file: "m.csv"))
    }

    @Test func `a minute's price is the middle of bid and ask`() throws {
        let row = try minutes("1609460068912307,730.86,730.78,51.95,4.2").rows[0]
        #expect(row.moment == Moment(nanoseconds: 1_609_460_068_912_307_000))
        #expect(String(row.dollars) == "730820000000000000000")
    }

    @Test(arguments: [
        ("1609460068912307,731,730,0,0", SourceFault.Code.timeGoesBackwards, "unix_us"),
        ("1609460068912306,731,730,0,0", .timeGoesBackwards, "unix_us"),
        ("1609460369000000,731,730,0,0", .gap, "unix_us"),
        ("1609460128912307,730,730.01,0,0", .askBelowBid, "ask_mean"),
        ("1609460128912307,73200,73190,0,0", .unitsChange, "ask_mean"),
        ("1609460128912307,7.31,7.30,0,0", .unitsChange, "ask_mean"),
        ("1609460128912307,731, 730,0,0", .notANumber, "bid_mean"),
        ("1609460128912307,n/a,730,0,0", .notANumber, "ask_mean"),
        ("1609460128912307,731,730,0,", .notANumber, "liq_short_eth"),
        ("1609460128912307,731,0,0,0", .outOfRange, "bid_mean"),
        ("16094601289123.1,731,730,0,0", .notANumber, "unix_us"),
    ])
    func `a wrong minute is refused where it stands`(row: String, code: SourceFault.Code, column: String) throws {
        let found = try #require(fault { _ = try minutes(Self.good, row) })
        #expect(found.code == code)
        #expect(found.file == "m.csv")
        #expect(found.line == 3)
        #expect(found.column == column)
        #expect(row.contains(found.found))
    }

    @Test func `a hundredfold price and a gap of 300 seconds still pass`() throws {
        #expect(try minutes(Self.good, "1609460368912307,73082,73082,0,0").rows.count == 2)
    }

    private func gas(_ rows: String...) throws -> GasSeries {
        try GasSeries(table(rows.joined(separator: "\n"), GasSeries.columns))
    }

    @Test func `gas percentiles become a base fee and tips, and outside its days the first row holds`() throws {
        let series = try gas(
            "2021-01-11,2021-01-11T00:00:00.000Z,1,9,80,87,134,999",
            "2021-01-11,2021-01-11T00:10:00.000Z,1,9,84,96,137,999")
        let midnight = Moment(nanoseconds: 1_610_323_200_000_000_000)
        #expect(series.level(at: midnight + .seconds(600)).baseFee.weiPerGas == 84)
        #expect(series.level(at: midnight + .seconds(1_199)).median.weiPerGas == 12)
        #expect(series.level(at: midnight + .seconds(1_199)).high.weiPerGas == 53)
        #expect(series.level(at: midnight + .seconds(1_200)).baseFee.weiPerGas == 80)
        #expect(series.level(at: midnight + .seconds(-1)).baseFee.weiPerGas == 80)
    }

    @Test func `gas percentiles that fall are refused`() {
        let found = fault { _ = try gas("2021-01-11,2021-01-11T00:00:00.000Z,1,9,80,79,134,999") }
        #expect(found == SourceFault(.outOfRange, file: "f.csv", line: 2, column: "p60_wei", found: "79"))
    }

    @Test func `depth is carried back before its first row and forward after each`() throws {
        let series = try DepthSeries(
            table("2021-01-11,1610352000,100,10\n2021-01-11,1610352600,100,12.5", DepthSeries.columns))
        let first = Moment(nanoseconds: 1_610_352_000_000_000_000)
        #expect(String(series.wei(at: first + .seconds(-99_999))) == "10000000000000000000")
        #expect(String(series.wei(at: first + .seconds(599))) == "10000000000000000000")
        #expect(String(series.wei(at: first + .seconds(99_999))) == "12500000000000000000")
    }

    @Test func `a token without a threshold is no collateral and has no bonus`() throws {
        let known = try ReserveParameters.all(
            table("WETH,18,10500.0,8250.0,True,True\nGUSD,2,0.0,0.0,False,True", ReserveParameters.columns))
        #expect(known["WETH"]?.bonus == .basisPoints(10_500))
        #expect(known["GUSD"] == ReserveParameters(decimals: 2, bonus: .zero, threshold: .zero))
    }
}
