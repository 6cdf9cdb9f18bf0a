/// Pairs waiting for their turn, the one of the highest bound first. On the stack; two dozen at most.
struct PairShortlist {
    static let countMax = 24

    private var outlines = InlineArray<24, PairOutline>(repeating: PairOutline())
    private(set) var count = 0

    var isFull: Bool { count == Self.countMax }

    mutating func add(_ outline: PairOutline) {
        precondition(!isFull, "Condition: there is room")
        outlines[count] = outline
        count += 1
    }

    /// Takes out the pair of the highest bound; of equal ones the first.
    mutating func takeBest() -> PairOutline? {
        guard count > 0 else { return nil }
        var top = 0
        for position in 1..<max(count, 1) where outlines[position].bound > outlines[top].bound { top = position }
        let best = outlines[top]
        count -= 1
        // The order of the rest stays: ties go to the first.
        for position in top..<count { outlines[position] = outlines[position + 1] }
        return best
    }
}
