import TapeContent
import Units
import Winning

/// Where chance comes from: the seed, the tape and the preset, and for each draw what it is for and for whom. Draws do not
/// depend on one another, so that a parameter that changes one bid leaves the rivals' luck as it is.
public struct PaperRandom: Sendable {
    /// What a draw is for; its raw value is part of the seed and never changes.
    enum Purpose: UInt64 {
        case feed = 1, decision, order, inclusion, presence, rivalLatency, rivalTip
    }

    private let root: UInt64

    /// The same for the same draws.
    var key: UInt64 { root }

    /// - Parameter tape: its SHA-256, in digits.
    public init(seed: UInt64, tape: String, preset: PaperPreset.Name) {
        let digest = SHA256.hex(of: Array("\(seed) \(tape) \(preset.rawValue)".utf8))
        root = UInt64(digest.prefix(16), radix: 16) ?? seed
    }

    func generator(_ purpose: Purpose, _ first: UInt64, _ second: UInt64 = 0) -> SeededGenerator {
        var mixed = SeededGenerator(seed: root ^ purpose.rawValue << 56)
        var next = SeededGenerator(seed: mixed.next() ^ first)
        return SeededGenerator(seed: next.next() ^ second)
    }

    /// A value of a distribution: uniform between two of its knots.
    func draw(_ quantiles: Quantiles, _ purpose: Purpose, _ first: UInt64, _ second: UInt64 = 0) -> Int64 {
        var generator = generator(purpose, first, second)
        let step = Int(generator.below(UInt64(Quantiles.steps)))
        let (low, high) = (quantiles.knot(step), quantiles.knot(step + 1))
        return low + Int64(generator.below(UInt64(high - low) + 1))
    }

    func happens(_ chance: BasisPoints, _ purpose: Purpose, _ first: UInt64, _ second: UInt64 = 0) -> Bool {
        if chance == .whole { return true }
        var generator = generator(purpose, first, second)
        return generator.below(10_000) < UInt64(chance.count)
    }
}
