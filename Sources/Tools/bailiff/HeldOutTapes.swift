import Console

/// Which of the tapes held out are stretches of tapes that were searched on: they prove less, and their reader has to know.
struct HeldOutTapes {
    /// Names of such stretches, in their order.
    let shared: [String]

    /// - Parameter tapes: all of the study, those searched on first; one tape has one digest, whatever stretch of it is meant.
    init(_ options: TuneOptions, _ tapes: [TrialEvent.Tape]) throws {
        let training = try options.training.map { try TapeSlice($0, option: "tape") }
        let heldOut = try options.holdout.map { try TapeSlice($0, option: "holdout") }
        var shared: [String] = []
        for (place, held) in heldOut.enumerated() {
            let tape = tapes[training.count + place]
            for (index, searched) in training.enumerated() where tapes[index].sha256 == tape.sha256 {
                guard
                    searched.range.upperBound <= held.range.lowerBound
                        || held.range.upperBound <= searched.range.lowerBound
                else {
                    throw UsageError.badValue(
                        option: "holdout",
                        found: "\(tape.name), which overlaps with \(tapes[index].name) that is searched on",
                        allowed: "another tape, or a stretch beside it: FILE@FROM..")
                }
                if shared.last != tape.name { shared.append(tape.name) }
            }
        }
        self.shared = shared
    }

    /// For a reader; nothing where every tape held out is a tape of its own.
    var note: String? {
        guard !shared.isEmpty else { return nil }
        return
            "\(shared.joined(separator: ", ")): held out, and a stretch of a tape that is searched on. It is played from the tape's "
            + "beginning: candidate and default come to it with what they did in the stretch searched on (gas money spent, bids "
            + "under way, failures counted), and its market is the same one. A tape of its own would prove more."
    }
}
