import Testing

@testable import BiddingModel

@Suite struct LineBufferTests {
    private func cut(_ text: String, bytesMax: Int = 16, by sizes: [Int]) -> [LineBuffer.Piece] {
        var lines = LineBuffer(bytesMax: bytesMax)
        var (pieces, rest, turn): ([LineBuffer.Piece], ArraySlice<UInt8>, Int) = ([], Array(text.utf8)[...], 0)
        while !rest.isEmpty {
            let size = min(sizes[turn % sizes.count], rest.count)
            lines.append(rest.prefix(size), to: &pieces)
            rest = rest.dropFirst(size)
            turn += 1
        }
        return pieces
    }

    @Test(arguments: [[1], [2, 3], [1, 100], [100]])
    func `lines are the same however their bytes arrive`(sizes: [Int]) {
        let pieces = cut("one\n\ntwo\nthe end is open", by: sizes)
        #expect(pieces == [.line(Array("one".utf8)), .line(Array("two".utf8))])
    }

    @Test(arguments: [[1], [7], [100]])
    func `a line beyond the bound is dropped to its end, and the next one is whole`(sizes: [Int]) {
        let pieces = cut(String(repeating: "x", count: 50) + "\nok\n", by: sizes)
        #expect(pieces == [.tooLong, .line(Array("ok".utf8))])
    }
}
