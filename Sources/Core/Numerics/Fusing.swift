/// A number, or several side by side: what a formula needs that is written once for both.
///
/// `plus` rounds once, as IEEE 754 says of a fused multiplication and addition, so every machine gives the same bits, and every
/// lane those of the scalar. A processor with such an instruction does it in one step; another one takes the C library's
/// routine, slowly.
///
/// | expression | result |
/// |---|---|
/// | `a + b`, `a - b`, `a * b` | each lane as usual, rounded |
/// | `c.plus(a, times: b)` | a · b + c, rounded once |
protocol Fusing {
    static func constant(_ value: Double) -> Self
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    func plus(_ a: Self, times b: Self) -> Self
}

extension Double: Fusing {
    @inline(__always) static func constant(_ value: Double) -> Double { value }
    @inline(__always) func plus(_ a: Double, times b: Double) -> Double { addingProduct(a, b) }
}

/// How this build was made: see `wideVectors` in the manifest.
public enum Vectors {
    /// Whether the build holds instructions of AVX2 and FMA, without which it would be stopped as illegal.
    public static var areWide: Bool {
        #if WIDE_VECTORS
            true
        #else
            false
        #endif
    }
}

/// As many as the widest registers in general use hold; more at once would not fit into them together.
public typealias FourDoubles = SIMD4<Double>

extension FourDoubles: Fusing {
    @inline(__always) static func constant(_ value: Double) -> FourDoubles { FourDoubles(repeating: value) }
    @inline(__always) func plus(_ a: FourDoubles, times b: FourDoubles) -> FourDoubles { addingProduct(a, b) }
}
