/// A square matrix of doubles, row by row, as small as a search space: the least that a covariance needs.
struct SquareMatrix: Hashable, Sendable {
    let size: Int
    private(set) var cells: [Double]

    init(size: Int) {
        self.size = size
        cells = Array(repeating: 0, count: size * size)
    }

    init(diagonal: [Double]) {
        self.init(size: diagonal.count)
        for i in diagonal.indices { self[i, i] = diagonal[i] }
    }

    subscript(row: Int, column: Int) -> Double {
        get { cells[row * size + column] }
        set { cells[row * size + column] = newValue }
    }

    var diagonal: [Double] { (0..<size).map { self[$0, $0] } }

    func times(_ vector: [Double]) -> [Double] {
        (0..<size).map { row in
            var sum = 0.0
            for column in 0..<size { sum += cells[row * size + column] * vector[column] }
            return sum
        }
    }

    /// The transposed matrix by a vector.
    func transposedTimes(_ vector: [Double]) -> [Double] {
        (0..<size).map { column in
            var sum = 0.0
            for row in 0..<size { sum += cells[row * size + column] * vector[row] }
            return sum
        }
    }

    mutating func scale(by factor: Double) {
        for i in cells.indices { cells[i] *= factor }
    }

    /// Adds weight · v vᵀ; a symmetric matrix stays symmetric to the bit.
    mutating func addOuter(_ v: [Double], weight: Double) {
        for row in 0..<size {
            for column in 0...row {
                let sum = self[row, column] + weight * (v[row] * v[column])
                self[row, column] = sum
                self[column, row] = sum
            }
        }
    }
}
