extension UInt128 {
    /// The nearest double but for one rounding more, for the filter only: never for an amount.
    ///
    /// The standard conversion goes through generic code and costs a hundred times as much.
    @inlinable public var approximate: Double {
        Double(UInt64(truncatingIfNeeded: self >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: self))
    }
}
