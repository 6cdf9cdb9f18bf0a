import Domain
import FeedProtocol
import Testing
import Units

@testable import Desk

@Suite struct FeedWatchTests {
    private func at(_ milliseconds: Int64) -> Moment { .start + .milliseconds(milliseconds) }
    private let stream = StreamIndex(0)

    @Test func `a stream that falls silent is broken once, and whole again when it speaks`() {
        var watch = FeedWatch(silenceMax: .milliseconds(1_000))
        #expect(watch.heard(stream, at: at(0), state: .whole) == [])
        #expect(watch.newlySilent(at: at(1_000)) == [])
        #expect(watch.newlySilent(at: at(1_001)) == [stream])
        #expect(watch.newlySilent(at: at(1_002)) == [])
        #expect(watch.heard(stream, at: at(1_500), state: .whole) == [.stream(.whole)])
        #expect(watch.newlySilent(at: at(1_600)) == [])
    }

    @Test func `a stream that speaks again with a hole is not trusted`() {
        var watch = FeedWatch(silenceMax: .milliseconds(1_000))
        _ = watch.heard(stream, at: at(0), state: .whole)
        _ = watch.newlySilent(at: at(2_000))
        #expect(watch.heard(stream, at: at(2_100), state: .broken) == [])
    }

    @Test func `a snapshot is asked for while there is a hole, once a second`() {
        var watch = FeedWatch(silenceMax: .milliseconds(1_000))
        _ = watch.heard(stream, at: at(5_000), state: .broken)
        #expect(watch.shouldAskForSnapshot(at: at(5_000)))
        #expect(!watch.shouldAskForSnapshot(at: at(5_500)))
        #expect(watch.shouldAskForSnapshot(at: at(6_100)))
        _ = watch.heard(stream, at: at(6_200), state: .whole)
        #expect(!watch.shouldAskForSnapshot(at: at(9_000)))
    }

    @Test func `the socket is dead when everybody has been silent for long, and its clock starts again after a rebuild`() {
        var watch = FeedWatch(silenceMax: .milliseconds(1_000))
        #expect(!watch.isDead(at: at(60_000)))
        _ = watch.heard(stream, at: at(0), state: .whole)
        _ = watch.newlySilent(at: at(1_500))
        #expect(!watch.isDead(at: at(1_900)))
        #expect(watch.isDead(at: at(2_001)))
        watch.restart(at: at(2_001))
        #expect(!watch.isDead(at: at(3_000)))
    }
}
