/// How long FastLZ (level 1, as Solady writes it) would make some bytes: what Fjord's fee is estimated from.
///
/// Nothing is compressed: only lengths are summed. The table of 8 192 places stands on the stack.
public enum FastLZ {
    public static func length(of data: Span<UInt8>) -> UInt64 {
        var table = InlineArray<8_192, UInt32>(repeating: 0)
        var (total, literal, position) = (UInt64(0), 0, 2)
        let limit = max(0, data.count - 13)
        while let found = match(in: data, from: position, limit, &table) {
            if found.position > literal { total += literals(found.position - literal) }
            let run = run(data, found.reference + 3, found.position + 3, limit + 9)
            total += match(run)
            position = found.position + run
            // The two places after the match are entered as well.
            for _ in 0..<2 {
                table[hash(word(data, position))] = UInt32(position)
                position += 1
            }
            literal = position
        }
        return total + literals(data.count - literal)
    }

    /// The next place whose three bytes stood before, near enough; `nil` when the last of them to be looked at has passed.
    private static func match(
        in data: Span<UInt8>, from begin: Int, _ limit: Int, _ table: inout InlineArray<8_192, UInt32>
    ) -> (position: Int, reference: Int)? {
        var position = begin
        while position < limit {
            let word = word(data, position)
            let reference = Int(table[hash(word)])
            table[hash(word)] = UInt32(position)
            position += 1
            guard position - 1 - reference <= 0x1fff, word == self.word(data, reference) else { continue }
            return position < limit ? (position - 1, reference) : nil
        }
        return nil
    }

    private static func word(_ data: Span<UInt8>, _ i: Int) -> UInt32 {
        UInt32(data[i]) | UInt32(data[i + 1]) << 8 | UInt32(data[i + 2]) << 16
    }

    private static func hash(_ word: UInt32) -> Int { Int((2_654_435_769 &* word) >> 19 & 0x1fff) }

    private static func literals(_ count: Int) -> UInt64 {
        UInt64(33 * (count / 32) + (count % 32 == 0 ? 0 : count % 32 + 1))
    }

    private static func match(_ length: Int) -> UInt64 {
        let shorter = length - 1
        return UInt64(3 * (shorter / 262) + (shorter % 262 >= 6 ? 3 : 2))
    }

    /// How far both run alike, the first byte that differs included: the reference counts it.
    private static func run(_ data: Span<UInt8>, _ a: Int, _ b: Int, _ end: Int) -> Int {
        var length = 0
        while b + length < end {
            length += 1
            if data[a + length - 1] != data[b + length - 1] { break }
        }
        return length
    }
}
