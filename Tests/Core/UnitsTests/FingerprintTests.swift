import Testing
import Units

@Suite struct FingerprintTests {
    @Test func `prints of different words, orders and lengths differ, and those of the same are the same`() {
        var seen: Set<Fingerprint> = []
        var generator = SeededGenerator(seed: 11)
        for first in 0..<64 as Range<UInt64> {
            for second in 0..<64 as Range<UInt64> {
                var print = Fingerprint()
                print.add(first)
                #expect(second > 0 || seen.insert(print).inserted, "\(first)")
                print.add(second)
                #expect(seen.insert(print).inserted, "\(first), \(second)")
            }
        }
        // One bit in a long row of words.
        let words = (0..<200).map { _ in generator.next() }
        for position in words.indices {
            for bit in [0, 31, 63] {
                var changed = words
                changed[position] ^= 1 << UInt64(bit)
                #expect(seen.insert(Self.print(changed)).inserted, "bit \(bit) of word \(position)")
            }
        }
        #expect(seen.insert(Self.print(words)).inserted)
        #expect(Self.print(words) == Self.print(words))
    }

    private static func print(_ words: [UInt64]) -> Fingerprint {
        var print = Fingerprint()
        for word in words { print.add(word) }
        return print
    }
}
