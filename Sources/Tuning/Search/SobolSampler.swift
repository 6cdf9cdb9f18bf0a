/// Points of Sobol's sequence over the space, the default first: spread more evenly than random ones.
///
/// With a seed the whole sequence is shifted (each coordinate by exclusive or with a random number), so that seeds differ and
/// the evenness stays; without one it is the published sequence. The origin, its first point, is passed over.
public struct SobolSampler: Sampler {
    public let space: SearchSpace
    private let sequence: SobolSequence
    private let generationSize: Int
    private var next: UInt32 = 0

    public init(_ space: SearchSpace, seed: UInt64? = nil, generationSize: Int) {
        precondition(generationSize > 0, "Condition: a generation has a point")
        self.space = space
        self.generationSize = generationSize
        sequence = SobolSequence(dimensions: space.count, seed: seed)
    }

    public mutating func ask() -> [SpacePoint] {
        (0..<UInt32(generationSize)).map { candidate in
            let position = next + candidate
            guard position > 0 else { return space.defaultPoint }
            return SpacePoint(zip(space.parameters, sequence.point(position)).map { $0.value(at: $1) })
        }
    }

    public mutating func tell(_ scored: [ScoredPoint]) { next += UInt32(generationSize) }
}

/// Sobol's low-discrepancy sequence in 0..<1, any point by its position: its bits in Gray code choose direction numbers.
struct SobolSequence: Sendable {
    private let directions: [[UInt32]]
    private let shifts: [UInt32]

    init(dimensions: Int, seed: UInt64? = nil) {
        precondition(
            dimensions <= SobolDirections.rows.count, "Condition: the table has directions for every dimension")
        directions = (0..<dimensions).map(SobolDirections.numbers)
        shifts = (0..<dimensions).map { dimension in
            guard let seed else { return 0 }
            var random = StudyRandom(seed: seed, .sobol, UInt64(dimension))
            return UInt32(truncatingIfNeeded: random.next() >> 32)
        }
    }

    func point(_ position: UInt32) -> [Double] {
        let gray = position ^ (position >> 1)
        return zip(directions, shifts).map { numbers, shift in
            var sum = shift
            for bit in 0..<SobolDirections.bits where (gray >> UInt32(bit)) & 1 == 1 { sum ^= numbers[bit] }
            return Double(sum) * 0x1p-32
        }
    }
}
