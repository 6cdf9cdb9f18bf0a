import Numerics
import Units

/// The random numbers of a study, in streams: what is drawn depends on the study's seed, on what it is for and on where the
/// study stands, and on nothing else.
///
/// A stream is never keyed by parameters or by a worker. So candidates of one generation meet the same tapes, pairs can be
/// compared, and a study gives the same result on one worker and on forty.
///
///     var random = StudyRandom(seed: 7, .tapes, 3)     // generation 3
public struct StudyRandom: RandomNumberGenerator, Sendable {
    /// The numbers are part of every recorded study: do not change one.
    public enum Purpose: UInt64, Sendable {
        case candidates = 1, tapes = 2, race = 3, bootstrap = 4, sobol = 5, evaluation = 6
    }

    private var generator: SeededGenerator

    public init(seed: UInt64, _ purpose: Purpose, _ keys: UInt64...) {
        // A draw between the keys keeps (1, 2) and (2, 1) and neighbouring seeds apart.
        var state = SeededGenerator(seed: seed).following(purpose.rawValue)
        for key in keys { state = SeededGenerator(seed: state).following(key) }
        generator = SeededGenerator(seed: state)
    }

    public mutating func next() -> UInt64 { generator.next() }

    /// From 0 up to, not including, 1.
    public mutating func fraction() -> Double { generator.fraction() }

    /// A position below the count.
    public mutating func position(below count: Int) -> Int { Int(generator.below(UInt64(count))) }

    /// The standard normal distribution, by its inverse: one draw a number, the same bits on every machine.
    public mutating func normal() -> Double {
        // In the middle of one of 2^53 cells, so that neither 0 nor 1 is asked for.
        Normal.inverseCumulative((Double(generator.next() >> 11) + 0.5) * 0x1p-53)
    }

    /// The first `taken` of 0..<count in random order (Fisher and Yates).
    public mutating func order(of count: Int, taking taken: Int) -> [Int] {
        precondition(taken <= count, "Condition: no more can be taken than there are")
        var order = Array(0..<count)
        for place in 0..<taken { order.swapAt(place, place + position(below: count - place)) }
        return Array(order.prefix(taken))
    }
}

extension SeededGenerator {
    /// A state that depends on this one and on a key.
    fileprivate func following(_ key: UInt64) -> UInt64 {
        var copy = self
        var mixed = SeededGenerator(seed: copy.next() ^ key)
        return mixed.next()
    }
}
