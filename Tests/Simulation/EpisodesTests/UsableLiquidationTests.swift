import Testing
import Units

@testable import Episodes

/// Which recorded rows can be placed in an episode.
struct UsableLiquidationTests {
    private static let user = "0x253643bd61950801b94827462bb30d1859b6373d"
    private static let parameters: [String: ReserveParameters] = [
        "WETH": ReserveParameters(decimals: 18, bonus: .basisPoints(10_500), threshold: .basisPoints(8_250)),
        "DAI": ReserveParameters(decimals: 18, bonus: .basisPoints(10_500), threshold: .basisPoints(8_000)),
        "USDT": ReserveParameters(decimals: 6, bonus: .zero, threshold: .zero),
    ]

    private func record(_ fields: String) throws -> RecordedLiquidation {
        let row = "1609523030,0xpool,\(Self.user),,\(fields)"
        return try RecordedLiquidation.all(table(row, RecordedLiquidation.columns))[0]
    }

    private func reason(_ fields: String) throws -> ImportReport.Reason? {
        let span = Moment.start...Moment(nanoseconds: 1_700_000_000_000_000_000)
        switch UsableLiquidation.judged(try record(fields), Self.parameters, within: span) {
        case .usable: return nil
        case .unusable(let reason): return reason
        }
    }

    @Test(arguments: [
        ("WETH,DAI,1.05,1000,0.001,1,,", nil),
        // 2.5 % of the bonus either way: 1.07625 and 1.02375.
        ("WETH,DAI,1.07625,1000,0.001,1,,", nil),
        ("WETH,DAI,1.07626,1000,0.001,1,,", ImportReport.Reason.bonusMismatch),
        ("WETH,DAI,1.02375,1000,0.001,1,,", nil),
        ("WETH,DAI,1.02374,1000,0.001,1,,", .bonusMismatch),
        ("WETH,FOO,1.05,1000,0.001,1,,", .unknownToken),
        ("USDT,WETH,1050,1,,,0.001,1", .notCollateral),
        ("WETH,DAI,1.05,1000,,1,,", .priceMissing),
        ("WETH,DAI,1.05,1000,0,1,,", .priceMissing),
        ("WETH,DAI,0,1000,0.001,1,,", .amountZero),
        ("WETH,USDT,1.05,0.0000009,0.001,1,,", .amountZero),
        ("WETH,DAI,1.05,1 000,0.001,1,,", .notANumber),
        ("WETH,DAI,1.05,1000,n/a,1,,", .notANumber),
        ("WETH,DAI,1e3,1000,0.001,1,,", .notANumber),
    ])
    func `a row is usable or has its reason`(fields: String, expected: ImportReport.Reason?) throws {
        #expect(try reason(fields) == expected)
    }

    @Test func `a moment outside the price series has no price`() throws {
        let span = Moment.start...Moment(nanoseconds: 1)
        let verdict = UsableLiquidation.judged(
            try record("WETH,DAI,1.05,1000,0.001,1,,"), Self.parameters, within: span)
        guard case .unusable(.priceMissing) = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }

    @Test func `the native token is worth one ether, whatever its blank column`() throws {
        let record = try record("WETH,DAI,1.05,1000,0.001,1,,")
        #expect(record.collateralPrice == RecordedLiquidation.wei)
        #expect(record.debtPrice == RecordedLiquidation.wei / 1_000)
    }

    @Test func `time that goes backwards is refused, the same second is not`() throws {
        let rest = "0xpool,\(Self.user),,WETH,DAI,1.05,1000,0.001,1,,"
        let columns = RecordedLiquidation.columns
        #expect(try RecordedLiquidation.all(table("1609523030,\(rest)\n1609523030,\(rest)", columns)).count == 2)
        let found = fault { _ = try RecordedLiquidation.all(table("1609523030,\(rest)\n1609523029,\(rest)", columns)) }
        #expect(found == SourceFault(.timeGoesBackwards, file: "f.csv", line: 3, column: "unix_s", found: "1609523029"))
    }

    @Test func `a print that jumps more than a hundredfold is a change of unit`() {
        let rows = [0.001, 0.2].map { "1609523030,0xpool,\(Self.user),,WETH,DAI,1.05,1000,\($0),1,," }
        let found = fault {
            _ = try RecordedLiquidation.all(table(rows.joined(separator: "\n"), RecordedLiquidation.columns))
        }
        #expect(found?.code == .unitsChange)
        #expect(found?.column == "debt_price_eth")
    }
}
