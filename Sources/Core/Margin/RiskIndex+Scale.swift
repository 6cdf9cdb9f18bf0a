public import Domain

extension RiskIndex {
    /// Changes a factor's scale, and looks again at everybody who has a leg on it: their distances changed.
    ///
    /// O(legs on the factor). A scale is an input that changes rarely (a new volatility, a price far from where the scale
    /// was set), never a part of a tick.
    public mutating func setScale(_ factor: FactorIndex, to scale: Double) {
        precondition(scale.isFinite && scale > 0, "Condition: a scale is a positive number")
        include(factor)
        guard queues[factor.position].scale != scale else { return }
        var concerned = Column<UInt32>(reserving: queues[factor.position].waiting)
        collect(factor.position, into: &concerned)
        for i in 0..<concerned.count { uproot(concerned[i]) }
        queues[factor.position].scale = scale
        for i in 0..<concerned.count where book.accounts[Int(concerned[i])].zone == .absent { plant(concerned[i]) }
    }

    /// Everybody who waits on a factor, once a leg.
    public func accounts(on factor: FactorIndex) -> [AccountIndex] {
        guard factor.position < queues.count else { return [] }
        var found = Column<UInt32>()
        collect(factor.position, into: &found)
        return (0..<found.count).map { AccountIndex(found[$0]) }
    }

    private func collect(_ f: Int, into found: inout Column<UInt32>) {
        for i in 0..<queues[f].below.count { found.append(book.legs[Int(queues[f].below.leg(at: i))].owner) }
        for i in 0..<queues[f].above.count { found.append(book.legs[Int(queues[f].above.leg(at: i))].owner) }
        for i in 0..<queues[f].hot.count { found.append(book.legs[Int(queues[f].hot[i])].owner) }
    }
}
