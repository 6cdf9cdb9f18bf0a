internal import CZstd
public import MCAP

/// Chunks packed by Zstandard. Owns both contexts of the library; freed with the object. One thread.
public final class ZstdCodec: ChunkCodec {
    public let name = "zstd"
    private let packing: OpaquePointer
    private let unpacking: OpaquePointer
    private let level: Int32

    /// The library's own default: three quarters of what the highest levels save, at ten times their speed.
    public static let levelDefault: Int32 = 3

    public init(level: Int32 = ZstdCodec.levelDefault) {
        guard let packing = ZSTD_createCCtx(), let unpacking = ZSTD_createDCtx() else {
            preconditionFailure("Condition: there is memory for a codec")
        }
        self.packing = packing
        self.unpacking = unpacking
        self.level = level
    }

    deinit {
        ZSTD_freeCCtx(packing)
        ZSTD_freeDCtx(unpacking)
    }

    public func compress(_ bytes: [UInt8]) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            count = ZSTD_compressCCtx(packing, buffer.baseAddress, bound, bytes, bytes.count, level)
            // It fails only for want of memory or room, and there is room for the worst case.
            precondition(ZSTD_isError(count) == 0, "Invariant: a chunk can be packed")
        }
    }

    public func decompress(_ bytes: RawSpan, size: Int) -> [UInt8]? {
        var isSound = false
        let unpacked = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
            let written = bytes.withUnsafeBytes {
                ZSTD_decompressDCtx(unpacking, buffer.baseAddress, size, $0.baseAddress, $0.count)
            }
            isSound = ZSTD_isError(written) == 0 && written == size
            count = isSound ? size : 0
        }
        return isSound ? unpacked : nil
    }
}
