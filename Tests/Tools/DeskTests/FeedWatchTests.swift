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
        let found1 = watch.heard(stream, at: at(0), state: .whole)
        #expect(found1 == [])
        let found2 = watch.newlySilent(at: at(1_000))
        #expect(found2 == [])
        let found3 = watch.newlySilent(at: at(1_001))
        #expect(found3 == [stream])
        let found4 = watch.newlySilent(at: at(1_002))
        #expect(found4 == [])
        let found5 = watch.heard(stream, at: at(1_500), state: .whole)
        #expect(found5 == [.stream(.whole)])
        let found6 = watch.newlySilent(at: at(1_600))
        #expect(found6 == [])
    }

    @Test func `a stream that speaks again with a hole is not trusted`() {
        var watch = FeedWatch(silenceMax: .milliseconds(1_000))
        _ = watch.heard(stream, at: at(0), state: .whole)
        _ = watch.newlySilent(at: at(2_000))
        let found7 = watch.heard(stream, at: at(2_100), state: .broken)
        #expect(found7 == [])
    }

    @Test func `a snapshot is asked for while there is a hole, once a second`() {
        var watch = FeedWatch(silenceMax: .milliseconds(1_000))
        _ = watch.heard(stream, at: at(5_000), state: .broken)
        let found8 = watch.shouldAskForSnapshot(at: at(5_000))
        #expect(found8)
        let found9 = watch.shouldAskForSnapshot(at: at(5_500))
        #expect(!found9)
        let found10 = watch.shouldAskForSnapshot(at: at(6_100))
        #expect(found10)
        _ = watch.heard(stream, at: at(6_200), state: .whole)
        let found11 = watch.shouldAskForSnapshot(at: at(9_000))
        #expect(!found11)
    }

    @Test
    func `the socket is dead when everybody has been silent for long, and its clock starts again after a rebuild`() {
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
