/// The eigenvalues of a symmetric matrix and its eigenvectors, by cyclic Jacobi rotations (Golub and Van Loan, "Matrix
/// Computations", 8.5).
///
/// Slow for large matrices and exact for small ones: the vectors are orthonormal to some ulps whatever the matrix. Only
/// + − × ÷ and the square root are used, so every build gives the same bits. Up to `SearchSpace.parametersMax` rows.
/// The signs of the vectors are fixed: the component of largest size, the first of equals, is positive.
struct SymmetricEigen: Hashable, Sendable {
    /// Convergence is quadratic: eight sweeps do for forty rows. Beyond this the matrix was not finite.
    static let sweepsMax = 40

    /// Rising.
    let values: [Double]
    /// Column k belongs to value k.
    let vectors: SquareMatrix

    init(_ matrix: SquareMatrix) {
        var work = matrix
        var rotation = SquareMatrix(diagonal: Array(repeating: 1, count: matrix.size))
        var sweeps = 0
        while Self.sweep(&work, &rotation) {
            sweeps += 1
            precondition(sweeps < Self.sweepsMax, "Condition: the matrix is finite")
        }
        let diagonal = work.diagonal
        let order = diagonal.indices.sorted { (diagonal[$0], $0) < (diagonal[$1], $1) }
        values = order.map { diagonal[$0] }
        vectors = Self.columns(order, of: rotation)
    }

    /// One rotation for every pair of rows; says whether any was needed.
    private static func sweep(_ a: inout SquareMatrix, _ v: inout SquareMatrix) -> Bool {
        var isRotated = false
        for p in 0..<a.size {
            for q in (p + 1)..<max(a.size, p + 1) {
                precondition(a[p, q].isFinite, "Condition: the matrix is finite")
                // Too small to change either diagonal element: it is zero.
                let product = (a[p, p].magnitude.squareRoot() * a[q, q].magnitude.squareRoot())
                guard a[p, q].magnitude > 0x1p-54 * product, a[p, q].magnitude > .leastNormalMagnitude else {
                    a[p, q] = 0
                    a[q, p] = 0
                    continue
                }
                rotate(&a, &v, p, q)
                isRotated = true
            }
        }
        return isRotated
    }

    private static func rotate(_ a: inout SquareMatrix, _ v: inout SquareMatrix, _ p: Int, _ q: Int) {
        let apq = a[p, q]
        let theta = (a[q, q] - a[p, p]) / (2 * apq)
        let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let cosine = 1 / (t * t + 1).squareRoot()
        let sine = t * cosine
        a[p, p] -= t * apq
        a[q, q] += t * apq
        a[p, q] = 0
        a[q, p] = 0
        for k in 0..<a.size where k != p && k != q {
            let (x, y) = (a[k, p], a[k, q])
            let (first, second) = (cosine * x - sine * y, sine * x + cosine * y)
            a[k, p] = first
            a[p, k] = first
            a[k, q] = second
            a[q, k] = second
        }
        for k in 0..<v.size {
            let (x, y) = (v[k, p], v[k, q])
            v[k, p] = cosine * x - sine * y
            v[k, q] = sine * x + cosine * y
        }
    }

    private static func columns(_ order: [Int], of rotation: SquareMatrix) -> SquareMatrix {
        var sorted = SquareMatrix(size: rotation.size)
        for (place, column) in order.enumerated() {
            var largest = 0.0
            for row in 0..<rotation.size where rotation[row, column].magnitude > largest.magnitude {
                largest = rotation[row, column]
            }
            for row in 0..<rotation.size {
                sorted[row, place] = largest < 0 ? -rotation[row, column] : rotation[row, column]
            }
        }
        return sorted
    }
}
