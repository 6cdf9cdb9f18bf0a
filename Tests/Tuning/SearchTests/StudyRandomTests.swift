import Search
import Testing

@Suite struct StudyRandomTests {
    @Test func `a stream is what its seed, purpose and keys make it, always`() {
        var random = StudyRandom(seed: 7, .candidates, 3, 4)
        let drawn = [random.next(), random.next()]
        #expect(drawn == [13863063430020165663, 12517143988961715045])
    }

    @Test func `no two streams are alike`() {
        var first: Set<UInt64> = []
        var count = 0
        for seed in 0..<20 as Range<UInt64> {
            for purpose in [StudyRandom.Purpose.candidates, .tapes, .race, .bootstrap, .sobol, .evaluation] {
                for key in 0..<20 as Range<UInt64> {
                    var random = StudyRandom(seed: seed, purpose, key)
                    var longer = StudyRandom(seed: seed, purpose, key, 0)
                    first.insert(random.next())
                    first.insert(longer.next())
                    count += 2
                }
            }
        }
        #expect(first.count == count)
        var (a, b) = (StudyRandom(seed: 1, .race, 1, 2), StudyRandom(seed: 1, .race, 2, 1))
        let (one, other) = (a.next(), b.next())
        #expect(one != other, "the order of the keys counts")
    }

    @Test func `normal numbers have mean 0, deviation 1 and the right tails`() {
        var random = StudyRandom(seed: 11, .candidates)
        let numbers = (0..<20_000).map { _ in random.normal() }
        let mean = numbers.reduce(0, +) / 20_000
        let variance = numbers.reduce(0) { $0 + $1 * $1 } / 20_000 - mean * mean
        let tails = numbers.filter { $0.magnitude > 1.959964 }.count
        #expect(mean.magnitude < 0.03 && (variance - 1).magnitude < 0.04, "\(mean) \(variance)")
        #expect((900...1_100).contains(tails), "\(tails)")
    }

    @Test func `a subset has its number of different tapes, in order, and is another one each generation`() {
        let subsets = (0..<50).map { TapeSubset(of: 60, count: 8, seed: 5, generation: $0).tapes }
        for tapes in subsets {
            #expect(tapes.count == 8 && Set(tapes).count == 8 && tapes == tapes.sorted())
            #expect(tapes.first.map { $0 >= 0 } == true && tapes.last.map { $0 < 60 } == true)
        }
        #expect(Set(subsets).count == 50)
        #expect(Set(subsets.flatMap(\.self)).count == 60, "no tape is left out for long")
        #expect(subsets[3] == TapeSubset(of: 60, count: 8, seed: 5, generation: 3).tapes)
    }

    @Test func `all tapes are a subset too, and none is not`() async {
        #expect(TapeSubset(of: 5, count: 5, seed: 1, generation: 0).tapes == [0, 1, 2, 3, 4])
        await #expect(processExitsWith: .failure) { _ = TapeSubset(of: 5, count: 6, seed: 1, generation: 0) }
        await #expect(processExitsWith: .failure) { _ = TapeSubset(of: 5, count: 0, seed: 1, generation: 0) }
    }
}
