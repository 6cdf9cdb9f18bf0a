public import Units

/// A comma-separated file with a known header, kept as bytes and cut into fields. No quoting: none of our sources needs it.
///
/// Reads strictly: the header must be the expected one and every row must have its number of fields. Rows are numbered from 0;
/// faults name lines as an editor counts them.
public struct CSVTable: Sendable {
    public let file: String
    public let columns: [String]
    private let bytes: [UInt8]
    /// Where each field begins; its end is one before the next one's beginning.
    private let starts: [Int32]

    public init(path: String, columns: [String]) throws(SourceFault) {
        try self.init(GzipFile(path: path).readAll(), file: path, columns: columns)
    }

    public init(_ bytes: [UInt8], file: String, columns: [String]) throws(SourceFault) {
        let separator = UInt8(ascii: ",")
        let newline = UInt8(ascii: "\n")
        let headerEnd = bytes.firstIndex(of: newline) ?? bytes.count
        let header = String(decoding: bytes[..<headerEnd], as: UTF8.self)
        guard header == columns.joined(separator: ",") else {
            throw SourceFault(.headerMismatch, file: file, line: 1, found: header)
        }
        var starts: [Int32] = []
        var position = headerEnd + 1
        var line = 1
        while position < bytes.count {
            line += 1
            let first = starts.count
            starts.append(Int32(position))
            while position < bytes.count, bytes[position] != newline {
                if bytes[position] == separator { starts.append(Int32(position + 1)) }
                position += 1
            }
            guard starts.count - first == columns.count else {
                throw SourceFault(.fieldCount, file: file, line: line, found: "\(starts.count - first) fields")
            }
            position += 1
        }
        starts.append(Int32(position))
        self.file = file
        self.columns = columns
        self.bytes = bytes
        self.starts = starts
        guard rows > 0 else { throw SourceFault(.noRows, file: file) }
    }

    public var rows: Int { (starts.count - 1) / columns.count }

    public func field(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
        let index = row * columns.count + column
        return bytes[Int(starts[index])..<Int(starts[index + 1]) - 1]
    }

    public func text(_ row: Int, _ column: Int) -> String { String(decoding: field(row, column), as: UTF8.self) }

    public func line(of row: Int) -> Int { row + 2 }

    public func fault(_ code: SourceFault.Code, _ row: Int, _ column: Int) -> SourceFault {
        SourceFault(code, file: file, line: line(of: row), column: columns[column], found: text(row, column))
    }
}

extension CSVTable {
    /// A decimal number, in units of 10^-decimals, cut.
    public func units(_ row: Int, _ column: Int, decimals: UInt8) throws(SourceFault) -> UInt128 {
        guard let value = DecimalText.units(field(row, column), decimals: decimals) else {
            throw fault(.notANumber, row, column)
        }
        return value
    }

    /// A whole number of ticks since 1970, each so many nanoseconds long.
    public func moment(_ row: Int, _ column: Int, tick: Int64) throws(SourceFault) -> Moment {
        guard let ticks = DecimalText.integer(field(row, column)) else { throw fault(.notANumber, row, column) }
        guard ticks > 0, ticks < UInt128(Int64.max / tick) else { throw fault(.outOfRange, row, column) }
        return Moment(nanoseconds: Int64(ticks) * tick)
    }

    /// Wei per gas in 64 bits.
    func gasPrice(_ row: Int, _ column: Int) throws(SourceFault) -> GasPrice {
        guard let wei = DecimalText.integer(field(row, column)) else { throw fault(.notANumber, row, column) }
        guard wei <= UInt128(UInt64.max >> 16) else { throw fault(.outOfRange, row, column) }
        return GasPrice(weiPerGas: UInt64(wei))
    }
}
