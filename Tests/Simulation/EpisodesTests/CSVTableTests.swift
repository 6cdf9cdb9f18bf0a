import Foundation
import Testing
import Units

@testable import Episodes

struct CSVTableTests {
    @Test(arguments: [
        ("12.345", 2, "1234"), ("7", 18, "7000000000000000000"), ("0.0009560318214", 18, "956031821400000"),
        ("12.999", 0, "12"), ("340282366920938463463374607431768211455", 0, "340282366920938463463374607431768211455"),
        ("10500.0", 0, "10500"),
    ])
    func `a decimal is read by its digits and cut, never rounded up`(text: String, decimals: Int, units: String) {
        let read = DecimalText.units(text.utf8, decimals: UInt8(decimals)).map { String($0) }
        #expect(read == units)
    }

    @Test(arguments: [
        "", " ", " 7", "7 ", "1 000", "-1", "+1", "1e3", ".5", "5.", "1.2.3", "nan", "0x10",
        "340282366920938463463374607431768211456",
    ])
    func `what is not plain digits is no number`(text: String) {
        let read = DecimalText.units(text.utf8, decimals: 0).map { String($0) }
        #expect(read == nil)
    }

    @Test func `fields are cut at commas with and without a last line break`() throws {
        for ending in ["", "\n"] {
            let table = try table("1,,x\n4,5,6\(ending)", ["a", "b", "c"])
            #expect(table.rows == 2)
            #expect((0..<3).map { table.text(0, $0) } == ["1", "", "x"])
            #expect((0..<3).map { table.text(1, $0) } == ["4", "5", "6"])
        }
    }

    @Test func `another header is refused with what was found`() {
        let found = fault { _ = try CSVTable(Array("a,c\n1,2\n".utf8), file: "f.csv", columns: ["a", "b"]) }
        #expect(found == SourceFault(.headerMismatch, file: "f.csv", line: 1, found: "a,c"))
    }

    @Test func `a short row is refused with its line`() {
        let found = fault { _ = try table("1,2\n3\n", ["a", "b"]) }
        #expect(found == SourceFault(.fieldCount, file: "f.csv", line: 3, found: "1 fields"))
    }

    @Test func `a header alone is refused`() {
        #expect(fault { _ = try table("", ["a"]) }?.code == .noRows)
    }

    @Test func `a moment is written with a Z and read as seconds since 1970`() {
        #expect(TimeText.moment("2021-01-11T00:10:00.000Z".utf8) == Moment(nanoseconds: 1_610_323_800_000_000_000))
        #expect(TimeText.moment("2020-02-29T23:59:59Z".utf8) == Moment(nanoseconds: 1_583_020_799_000_000_000))
        for wrong in ["2021-01-11 00:10:00Z", "2021-01-11T00:10:00", "2021-13-11T00:10:00Z", "2021-01-11T00:10:00.5Z"] {
            #expect(TimeText.moment(wrong.utf8) == nil, "\(wrong)")
        }
    }
}

struct GzipFileTests {
    @Test func `a missing file is named`() {
        let found = fault { _ = try GzipFile(path: "/nonexistent/x.gz").readAll() }
        #expect(found == SourceFault(.cannotOpen, file: "/nonexistent/x.gz"))
    }

    @Test func `compressed bytes are read back, and a stream that breaks off is damaged`() throws {
        let directory = try ScratchDirectory()
        // `printf 'hello, episode\n' | gzip -n`
        let whole: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xd7, 0x51, 0x48,
            0x2d, 0xc8, 0x2c, 0xce, 0x4f, 0x49, 0xe5, 0x02, 0x00, 0xc4, 0x62, 0x99, 0xce, 0x0f, 0x00, 0x00, 0x00,
        ]
        let path = "\(directory.path)/x.gz"
        try Data(whole).write(to: URL(fileURLWithPath: path))
        #expect(try GzipFile(path: path).readAll() == Array("hello, episode\n".utf8))
        try Data(whole.dropLast(6)).write(to: URL(fileURLWithPath: path))
        #expect(fault { _ = try GzipFile(path: path).readAll() } == SourceFault(.damaged, file: path))
    }
}
