import Configuration
import Console
import Domain
import Engine
import FeedProtocol
import TapeContent
import Units
import ZeroMQFeed

extension EngineLoop {
    /// Silence, holes, a dead socket; and a fresh copy of the counters now and then.
    mutating func supervise(at moment: Moment) throws(ZeroMQError) {
        for command in OperatorSignal.take() {
            let now = clock.next()
            tell(.command(command == .halt ? .halt : .resume), at: now)
            publishOutputs(at: now)
        }
        recordGaps(nil, at: moment)
        for stream in watch.newlySilent(at: moment) {
            let (now, name) = (clock.next(), decoder.directory.name(of: stream))
            tape?.post(.gap(GapEntry(at: now, cause: .silence, stream: name, missing: 0)))
            tell(.stream(.broken), from: stream, at: now)
            publishOutputs(at: now)
        }
        if watch.shouldAskForSnapshot(at: moment) {
            for topic in configuration.feed.topics { try socket.resubscribe(topic) }
        }
        if watch.isDead(at: moment) {
            // Never connect again on the old socket: a session that ended by protocol error stays dead (libzmq #4196).
            try socket.rebuild()
            watch.restart(at: moment)
        }
        guard moment - lastShown > Self.showInterval else { return }
        lastShown = moment
        show()
    }

    private static let showInterval = Interval.milliseconds(100)
}
