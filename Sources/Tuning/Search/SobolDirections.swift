/// Primitive polynomials and first direction numbers of Sobol's sequence, by S. Joe and F. Y. Kuo ("Constructing Sobol sequences
/// with better two-dimensional projections", 2008; the file `new-joe-kuo-6.21201`), for the first forty dimensions.
///
/// The polynomial is written with all its bits, highest and lowest included: 11 is x³ + x + 1.
enum SobolDirections {
    struct Row: Sendable {
        let polynomial: UInt32
        let first: [UInt32]
    }

    /// Bits of a coordinate.
    static let bits = 32

    static let rows: [Row] = [
        Row(polynomial: 1, first: [1]),
        Row(polynomial: 3, first: [1]),
        Row(polynomial: 7, first: [1, 3]),
        Row(polynomial: 11, first: [1, 3, 1]),
        Row(polynomial: 13, first: [1, 1, 1]),
        Row(polynomial: 19, first: [1, 1, 3, 3]),
        Row(polynomial: 25, first: [1, 3, 5, 13]),
        Row(polynomial: 37, first: [1, 1, 5, 5, 17]),
        Row(polynomial: 41, first: [1, 1, 5, 5, 5]),
        Row(polynomial: 47, first: [1, 1, 7, 11, 19]),
        Row(polynomial: 55, first: [1, 1, 5, 1, 1]),
        Row(polynomial: 59, first: [1, 1, 1, 3, 11]),
        Row(polynomial: 61, first: [1, 3, 5, 5, 31]),
        Row(polynomial: 67, first: [1, 3, 3, 9, 7, 49]),
        Row(polynomial: 91, first: [1, 1, 1, 15, 21, 21]),
        Row(polynomial: 97, first: [1, 3, 1, 13, 27, 49]),
        Row(polynomial: 103, first: [1, 1, 1, 15, 7, 5]),
        Row(polynomial: 109, first: [1, 3, 1, 15, 13, 25]),
        Row(polynomial: 115, first: [1, 1, 5, 5, 19, 61]),
        Row(polynomial: 131, first: [1, 3, 7, 11, 23, 15, 103]),
        Row(polynomial: 137, first: [1, 3, 7, 13, 13, 15, 69]),
        Row(polynomial: 143, first: [1, 1, 3, 13, 7, 35, 63]),
        Row(polynomial: 145, first: [1, 3, 5, 9, 1, 25, 53]),
        Row(polynomial: 157, first: [1, 3, 1, 13, 9, 35, 107]),
        Row(polynomial: 167, first: [1, 3, 1, 5, 27, 61, 31]),
        Row(polynomial: 171, first: [1, 1, 5, 11, 19, 41, 61]),
        Row(polynomial: 185, first: [1, 3, 5, 3, 3, 13, 69]),
        Row(polynomial: 191, first: [1, 1, 7, 13, 1, 19, 1]),
        Row(polynomial: 193, first: [1, 3, 7, 5, 13, 19, 59]),
        Row(polynomial: 203, first: [1, 1, 3, 9, 25, 29, 41]),
        Row(polynomial: 211, first: [1, 3, 5, 13, 23, 1, 55]),
        Row(polynomial: 213, first: [1, 3, 7, 3, 13, 59, 17]),
        Row(polynomial: 229, first: [1, 3, 1, 3, 5, 53, 69]),
        Row(polynomial: 239, first: [1, 1, 5, 5, 23, 33, 13]),
        Row(polynomial: 241, first: [1, 1, 7, 7, 1, 61, 123]),
        Row(polynomial: 247, first: [1, 1, 7, 9, 13, 61, 49]),
        Row(polynomial: 253, first: [1, 3, 3, 5, 3, 55, 33]),
        Row(polynomial: 285, first: [1, 3, 1, 15, 31, 13, 49, 245]),
        Row(polynomial: 299, first: [1, 3, 5, 15, 31, 59, 63, 97]),
        Row(polynomial: 301, first: [1, 3, 1, 11, 11, 11, 77, 249]),
    ]

    /// The direction numbers of a dimension, one for each bit of a position, as fractions of 2^32.
    static func numbers(_ dimension: Int) -> [UInt32] {
        let row = rows[dimension]
        // The first dimension has no polynomial: its m are all 1 (van der Corput).
        guard dimension > 0 else { return (0..<bits).map { 1 << UInt32(bits - 1 - $0) } }
        let degree = row.first.count
        var m = row.first
        for k in degree..<bits {
            var number = m[k - degree] ^ (m[k - degree] << UInt32(degree))
            for i in 1..<degree where (row.polynomial >> UInt32(degree - i)) & 1 == 1 {
                number ^= m[k - i] << UInt32(i)
            }
            m.append(number)
        }
        return (0..<bits).map { m[$0] << UInt32(bits - 1 - $0) }
    }
}
