public import Foundation
public import Units

extension ParityRun {
    /// A run's own tape as one side: its decisions, refusals and outcomes in the form of a decision log.
    ///
    /// An outcome whose bid is not on the tape (the tape begins later than the run, or has a hole) says nothing about an account and
    /// is left out, as it would be by a log that begins there.
    ///
    /// - Parameters:
    ///   - answered: when the venue had answered an order, by its ordinal: by then it had arrived.
    ///   - tape: the digest that other logs know the tape by.
    public init(
        recorded log: Data, named name: String, answered: [UInt64: Moment], tape: String, mode: String
    ) throws(ParityFault) {
        try self.init(reading: Self.lines(log, answered), named: name)
        (self.tape, preset) = (tape, mode)
    }

    private struct Numbered: Decodable {
        var kind, ending: String?
        var ordinal: UInt64?
    }

    /// With arrivals before their bids, and without outcomes of bids that are not there.
    private static func lines(_ log: Data, _ answered: [UInt64: Moment]) -> Data {
        let decoder = JSONDecoder()
        var lines = Data(capacity: log.count)
        var known: Set<UInt64> = []
        for bytes in log.split(separator: UInt8(ascii: "\n")) {
            let line = try? decoder.decode(Numbered.self, from: bytes)
            if let ordinal = line?.ordinal {
                if line?.kind == "submit" {
                    known.insert(ordinal)
                    if let arrival = answered[ordinal] {
                        lines.append(
                            contentsOf: #"{"kind":"sent","ordinal":\#(ordinal),"arrival_ns":\#(arrival.nanoseconds)}"#
                                .utf8)
                        lines.append(UInt8(ascii: "\n"))
                    }
                } else if line?.kind == nil, line?.ending != nil, !known.contains(ordinal) {
                    continue
                }
            }
            lines.append(contentsOf: bytes)
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
