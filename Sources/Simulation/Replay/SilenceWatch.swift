import Domain
import Units

/// Notices streams that have fallen silent, by the receive times of a tape: whether a stream spoke in time is found when the
/// next frame of any stream comes.
struct SilenceWatch {
    private var heard: [Moment] = []
    private var silent: [Bool] = []
    private let silenceMax: Interval?

    init(_ silenceMax: Interval?) { self.silenceMax = silenceMax }

    /// Whether silence means anything.
    var isWatching: Bool { silenceMax != nil }

    /// Streams that have become too quiet by now.
    mutating func newlySilent(at now: Moment) -> [StreamIndex] {
        guard let silenceMax else { return [] }
        var found: [StreamIndex] = []
        for i in heard.indices where !silent[i] && now - heard[i] > silenceMax {
            silent[i] = true
            found.append(StreamIndex(i))
        }
        return found
    }

    /// Whether nobody can fall silent between two moments, nor speak again, whoever speaks.
    func keepsHearing(from first: Moment, to last: Moment) -> Bool {
        guard let silenceMax else { return true }
        return last - first <= silenceMax
            && heard.indices.allSatisfy { !silent[$0] && last - heard[$0] <= silenceMax }
    }

    /// Whether the stream was silent until now.
    mutating func hear(_ stream: StreamIndex, at now: Moment) -> Bool {
        while heard.count <= stream.position {
            heard.append(now)
            silent.append(false)
        }
        heard[stream.position] = now
        defer { silent[stream.position] = false }
        return silent[stream.position]
    }
}
