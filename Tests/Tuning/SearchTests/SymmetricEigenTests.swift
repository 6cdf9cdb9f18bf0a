import Testing

@testable import Search

@Suite struct SymmetricEigenTests {
    /// Random symmetric matrices, well and badly scaled: eigenvalues spread over 10^spread.
    static func matrix(size: Int, spread: Double, seed: UInt64) -> SquareMatrix {
        var random = StudyRandom(seed: seed, .evaluation, UInt64(size))
        var matrix = SquareMatrix(size: size)
        for _ in 0..<size {
            let scale = spread == 0 ? 1 : 1 / (1 + random.fraction() * spread * spread)
            matrix.addOuter((0..<size).map { _ in random.normal() * scale }, weight: random.fraction() < 0.3 ? -1 : 1)
        }
        return matrix
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 25, 40], [0, 100, 1e6])
    func `vectors are orthonormal, and values and vectors give the matrix back`(size: Int, spread: Double) {
        for seed in 0..<3 as Range<UInt64> {
            let matrix = Self.matrix(size: size, spread: spread, seed: seed)
            let eigen = SymmetricEigen(matrix)
            let norm = matrix.cells.reduce(0) { $0 + $1 * $1 }.squareRoot()
            var (offOne, offMatrix) = (0.0, 0.0)
            for row in 0..<size {
                for column in 0..<size {
                    var (product, back) = (0.0, 0.0)
                    for k in 0..<size {
                        product += eigen.vectors[k, row] * eigen.vectors[k, column]
                        back += eigen.vectors[row, k] * eigen.values[k] * eigen.vectors[column, k]
                    }
                    offOne = max(offOne, (product - (row == column ? 1 : 0)).magnitude)
                    offMatrix = max(offMatrix, (back - matrix[row, column]).magnitude)
                }
            }
            #expect(offOne < 1e-13 && offMatrix <= 2e-14 * norm, "\(offOne) \(offMatrix / norm), seed \(seed)")
            #expect(eigen.values == eigen.values.sorted())
            let trace = matrix.diagonal.reduce(0, +)
            #expect((eigen.values.reduce(0, +) - trace).magnitude <= 1e-13 * norm * Double(size), "seed \(seed)")
        }
    }

    @Test func `known matrices have their known values and vectors`() {
        var two = SquareMatrix(diagonal: [2, 2])
        two.addOuter([1, 1], weight: 1)
        let eigen = SymmetricEigen(two)
        #expect((eigen.values[0] - 2).magnitude < 1e-15 && (eigen.values[1] - 4).magnitude < 1e-15)
        #expect((eigen.vectors[0, 1] - 0.5.squareRoot()).magnitude < 1e-15 && eigen.vectors[1, 1] > 0)
        #expect(SymmetricEigen(SquareMatrix(diagonal: [3, -1, 2])).values == [-1, 2, 3])
        #expect(SymmetricEigen(SquareMatrix(size: 4)).values == [0, 0, 0, 0])
        // Hilbert's matrix of 5: condition 480,000.
        var hilbert = SquareMatrix(size: 5)
        for i in 0..<5 { for j in 0..<5 { hilbert[i, j] = 1 / Double(i + j + 1) } }
        let values = SymmetricEigen(hilbert).values
        #expect((values[4] - 1.567_050_691_098_231).magnitude < 1e-14)
        #expect((values[0] - 3.287_928_772_171_865e-6).magnitude < 1e-15)
    }

    @Test func `a matrix that is not finite is the caller's fault`() async {
        await #expect(processExitsWith: .failure) {
            var matrix = SquareMatrix(size: 2)
            matrix.addOuter([.nan, 1], weight: 1)
            _ = SymmetricEigen(matrix)
        }
    }
}
