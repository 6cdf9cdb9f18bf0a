public import Domain
public import Units

extension Engine {
    /// A price, as the other `step` takes it, without the value that could be anything: compiled tapes are made of these.
    public mutating func step(
        price: Price, of reserve: ReserveIndex, from stream: StreamIndex, at moment: Moment,
        into outputs: inout ContiguousArray<Output>
    ) {
        now = moment
        counters.inputs += 1
        apply(price, of: reserve, from: stream, &outputs)
        if !proposals.isEmpty { choose(&outputs) }
    }
}
