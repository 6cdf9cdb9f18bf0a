/// The first 192 bytes of a cache: what it was made of and by, and where its parts lie.
///
/// Magic, version (4 bytes), record size (4), number of records (8), offset of the blob (8), its bytes (8), frames (8), start and
/// end of receive time (8 each), then SHA-256 of the tape, of what decoded it, and of everything behind the header, and bytes of the table of
/// stretches (8).
public struct CacheHeader: Equatable, Sendable {
    public var records: UInt64 = 0
    public var blobOffset: UInt64 = 0
    public var blobBytes: UInt64 = 0
    public var frames: UInt64 = 0
    /// The longest silence of the tape's feed that is trusted, nanoseconds; 0 where silence means nothing.
    public var silenceMax: UInt64 = 0
    /// Of the table of stretches, behind the blob.
    public var tableBytes: UInt64 = 0
    /// In hexadecimal digits.
    public var tape: String
    /// Names the decoder: the program, and what of its settings decoding depends on.
    public var decoder: String
    public var content: String

    public static let byteCount = 192
    public static let magic = Array("BAILIFF\u{1}CACHE\r\n\u{1A}".utf8)
    public static let version: UInt32 = 5
    static let digest = String(repeating: "0", count: 64)

    public init(tape: String, decoder: String) {
        self.tape = tape
        self.decoder = decoder
        content = Self.digest
    }

    var bytes: [UInt8] {
        var bytes = Self.magic
        bytes.append(little: Self.version)
        bytes.append(little: UInt32(CacheRecord.byteCount))
        for number in [records, blobOffset, blobBytes, frames, silenceMax] { bytes.append(little: number) }
        for digest in [tape, decoder, content] { bytes += Self.bytes(of: digest) }
        bytes.append(little: tableBytes)
        precondition(bytes.count <= Self.byteCount, "Invariant: the header has room")
        return bytes + Array(repeating: 0, count: Self.byteCount - bytes.count)
    }

    public init(reading file: RawSpan) throws(CacheFault) {
        let size = UInt64(file.byteCount)
        let head = min(file.byteCount, Self.magic.count)
        guard file.extracting(0..<head).withUnsafeBytes({ $0.elementsEqual(Self.magic) }) else {
            throw CacheFault(.notACache, found: "another beginning", allowed: "a file of `bailiff tape compile`")
        }
        guard file.byteCount >= Self.byteCount else {
            throw CacheFault(.truncated, found: "\(size) bytes", allowed: "\(Self.byteCount) or more")
        }
        let (version, stride): (UInt32, UInt32) = (file.little(16), file.little(20))
        guard version == Self.version, stride == UInt32(CacheRecord.byteCount) else {
            throw CacheFault(.otherVersion, found: "version \(version)", allowed: "\(Self.version)")
        }
        (records, blobOffset, blobBytes) = (file.little(24), file.little(32), file.little(40))
        (frames, silenceMax) = (file.little(48), file.little(56))
        tape = Self.hex(file, at: 64)
        decoder = Self.hex(file, at: 96)
        content = Self.hex(file, at: 128)
        tableBytes = file.little(160)
        let (bytes, overflows) = records.multipliedReportingOverflow(by: UInt64(CacheRecord.byteCount))
        guard !overflows, bytes <= size, blobOffset == UInt64(Self.byteCount) + bytes,
            blobBytes <= size, tableBytes <= size, blobOffset + blobBytes + tableBytes == size
        else {
            throw CacheFault(
                .truncated, found: "\(size) bytes",
                allowed: "\(records) records, \(blobBytes) bytes of frames, \(tableBytes) of a table")
        }
    }

    private static func hex(_ file: RawSpan, at offset: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String(
            (0..<32).flatMap { position -> [Character] in
                let byte: UInt8 = file.little(offset + position)
                return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            })
    }

    private static func bytes(of hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        precondition(digits.count == 64, "Condition: a SHA-256 has 64 digits")
        return (0..<32).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) }
    }
}
