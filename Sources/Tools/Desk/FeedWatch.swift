import Domain
import FeedProtocol
import Units

/// Notices streams that have fallen silent or that lack a snapshot. Pure: it is told the time, and says what to do.
///
/// A silent stream is broken as far as decisions go, whole sequence or not; it is trusted again when it speaks again.
struct FeedWatch {
    private struct Stream {
        var lastHeard = Moment.start
        var isSilent = false
        var isWhole = false
        var lastAsked = Moment.start
    }

    private var streams: [Stream] = []
    private let silenceMax: Interval

    init(silenceMax: Interval) {
        self.silenceMax = silenceMax
    }

    /// A stream has spoken: what the engine should be told.
    mutating func heard(_ index: StreamIndex, at moment: Moment, state: StreamSequencer.State) -> [Input] {
        while streams.count <= index.position { streams.append(Stream()) }
        let wasSilent = streams[index.position].isSilent
        streams[index.position].lastHeard = moment
        streams[index.position].isSilent = false
        streams[index.position].isWhole = state == .whole
        return wasSilent && state == .whole ? [.stream(.whole)] : []
    }

    /// Streams that have just become too quiet.
    mutating func newlySilent(at moment: Moment) -> [StreamIndex] {
        var found: [StreamIndex] = []
        for i in streams.indices where !streams[i].isSilent && moment - streams[i].lastHeard > silenceMax {
            streams[i].isSilent = true
            found.append(StreamIndex(i))
        }
        return found
    }

    /// Whether every stream that ever spoke has been silent for so long that the socket should be built anew.
    func isDead(at moment: Moment) -> Bool {
        !streams.isEmpty && streams.allSatisfy { $0.isSilent && moment - $0.lastHeard > Self.rebuildAfter }
    }

    /// Whether a snapshot should be asked for now: a stream has a hole and it was not asked for lately.
    mutating func shouldAskForSnapshot(at moment: Moment) -> Bool {
        var isWanted = false
        for i in streams.indices where !streams[i].isWhole && !streams[i].isSilent {
            guard moment - streams[i].lastAsked > Self.askAgainAfter else { continue }
            streams[i].lastAsked = moment
            isWanted = true
        }
        return isWanted
    }

    /// After a rebuild the clock of silence starts again.
    mutating func restart(at moment: Moment) {
        for i in streams.indices { streams[i].lastHeard = moment }
    }

    private static let rebuildAfter = Interval.milliseconds(2_000)
    private static let askAgainAfter = Interval.milliseconds(1_000)
}
