/// The checksum of the container: CRC-32 of ISO 3309 (reflected, polynomial `EDB88320`), the one of zip and PNG.
///
/// Eight bytes a step with eight tables. Example: `CRC32(of: bytes.span.bytes)`.
public struct CRC32: Equatable, Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    public init() {}

    public static func of(_ bytes: RawSpan) -> UInt32 {
        var crc = CRC32()
        crc.update(bytes)
        return crc.value
    }

    public var value: UInt32 { ~state }

    public mutating func update(_ bytes: RawSpan) {
        state = Self.tables.withUnsafeBufferPointer { tables in
            bytes.withUnsafeBytes { Self.advance(state, over: $0, tables) }
        }
    }

    private static func advance(
        _ state: UInt32, over bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var state = state
        var position = 0
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let mixed = word ^ UInt64(state)
            var next: UInt32 = 0
            // The byte that comes first has seven more behind it: it takes the last table.
            for i in 0..<8 { next ^= tables[(7 - i) << 8 + Int(mixed >> UInt64(8 * i) & 0xFF)] }
            state = next
            position += 8
        }
        while position < bytes.count {
            state = tables[Int((state ^ UInt32(bytes[position])) & 0xFF)] ^ (state >> 8)
            position += 1
        }
        return state
    }

    /// Table k, entry b: what byte b becomes when k more bytes follow it.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(UInt32(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
            }
        }
        for table in 1..<8 {
            for byte in 0..<256 {
                let before = tables[(table - 1) << 8 + byte]
                tables[table << 8 + byte] = tables[Int(before & 0xFF)] ^ before >> 8
            }
        }
        return tables
    }()
}
