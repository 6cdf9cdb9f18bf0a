import Domain
import Submission
import Testing
import Units

@Suite struct SubmissionMachineTests {
    private var machine = SubmissionMachine()
    private let limits = SubmissionLimits(sendsMax: 2)

    @Test mutating func `nothing is sent before the journal has committed, then at once`() {
        #expect(machine.state == .created && machine.sends == 0)
        #expect(take(.durable) == .send)
        #expect(machine.state == .maybeSent && machine.sends == 1)
    }

    @Test mutating func `an intent whose deadline passed while it was written is never sent`() {
        #expect(take(.deadlinePassed) == .nothing)
        #expect(take(.durable) == .finish(.abandoned))
        #expect(machine.sends == 0)
    }

    @Test mutating func `an accepted intent is looked at until it ends`() {
        take([.durable])
        #expect(take(.response(.accepted), at: 0) == .wake(Moment.start + limits.pollInterval))
        #expect(take(.timer) == .ask)
        #expect(take(.status(.pending), at: 7) == .wake(Moment(nanoseconds: 7) + limits.pollInterval))
        #expect(take(.timer) == .ask)
        #expect(take(.status(.ended(.outbid))) == .finish(.outbid))
    }

    @Test mutating func `a doubt is settled by asking, and absence by the same bytes again`() {
        take([.durable, .response(.ambiguous)])
        #expect(machine.state == .resolving)
        #expect(take(.timer) == .ask)
        #expect(take(.status(.unknownID)) == .send)
        #expect(take(.response(.known)) == .ask)
    }

    @Test mutating func `a first refusal ends it, but a refusal of a second copy does not`() {
        var first = machine
        _ = first.take(.durable, at: .start, jitter: 0, limits: limits)
        #expect(first.take(.response(.definiteRefusal), at: .start, jitter: 0, limits: limits) == .finish(.rejected))

        take([.durable, .response(.ambiguous), .timer, .status(.unknownID), .response(.definiteRefusal)])
        #expect(machine.state == .resolving)
    }

    @Test mutating func `a venue's wish to wait is honoured up to a bound`() {
        take([.durable])
        #expect(take(.response(.notAccepted(retryAfter: .seconds(3)))) == .wake(Moment.start + .seconds(3)))
        #expect(take(.timer) == .send)
        #expect(machine.state == .maybeSent)
    }

    @Test mutating func `a wish beyond the bound is cut to it`() {
        take([.durable])
        #expect(
            take(.response(.notAccepted(retryAfter: .seconds(9_999)))) == .wake(Moment.start + limits.retryAfterMax))
    }

    @Test mutating func `when the sends are used up it only asks, slowly`() {
        take([.durable, .response(.ambiguous), .timer, .status(.unknownID), .response(.ambiguous), .timer])
        #expect(machine.sends == 2)
        #expect(take(.status(.unknownID)) == .wake(Moment.start + limits.slowInterval))
        #expect(machine.state == .resolving)
    }

    @Test mutating func `past the deadline absence must be said twice, a grace apart`() {
        take([.durable, .response(.ambiguous), .deadlinePassed, .timer])
        let first = limits.absenceGrace.nanoseconds
        #expect(take(.status(.unknownID), at: 100) == .wake(Moment(nanoseconds: 100 + first)))
        #expect(take(.timer, at: 100 + first) == .ask)
        #expect(take(.status(.unknownID), at: 100 + first) == .finish(.abandoned))
        #expect(machine.sends == 1)
    }

    @Test mutating func `asked early, the second absence does not count before the grace is over`() {
        take([.durable, .response(.ambiguous), .deadlinePassed, .timer, .status(.unknownID), .restart])
        let grace = limits.absenceGrace.nanoseconds
        #expect(take(.status(.unknownID), at: grace - 1) == .wake(Moment(nanoseconds: grace)))
        #expect(machine.state == .resolving)
    }

    @Test mutating func `what the venue once held is never sent again when it forgets`() {
        take([.durable, .response(.accepted), .timer, .status(.unknownID), .timer])
        #expect(take(.status(.unknownID)) == .wake(Moment.start + limits.slowInterval))
        #expect(machine.sends == 1)
    }

    @Test func `what was unfinished at the start is asked about before anything else`() {
        for state in [SubmissionState.maybeSent, .acknowledged, .resolving] {
            var machine = SubmissionMachine(resuming: state, sends: 1, wasAcknowledged: false)
            #expect(machine.take(.restart, at: .start, jitter: 0, limits: limits) == .ask)
            #expect(machine.state == .resolving)
        }
    }

    @Test(arguments: 0..<500)
    func `in any world sends stay bounded, and none follows the deadline`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var walk = RandomWalk()
        while !walk.machine.state.isFinished && walk.steps < 400 { walk.step(&generator, limits) }
        #expect(walk.machine.state.isFinished, "seed \(seed)")
        #expect(walk.machine.sends <= limits.sendsMax, "seed \(seed)")
        #expect(walk.sendsPastDeadline == 0, "seed \(seed)")
        #expect(walk.actions.count { $0 == .finish(walk.machine.state) } == 1, "seed \(seed)")
    }

    private mutating func take(_ event: SubmissionEvent, at nanoseconds: Int64 = 0) -> SubmissionAction {
        machine.take(event, at: Moment(nanoseconds: nanoseconds), jitter: 0, limits: limits)
    }

    private mutating func take(_ events: [SubmissionEvent]) {
        for event in events { _ = take(event) }
    }
}

@Suite struct SubmissionLimitsTests {
    @Test func `back-off doubles to its cap, and jitter spreads it over the whole of it`() {
        let limits = SubmissionLimits(backoffBase: .milliseconds(50), backoffMax: .milliseconds(300))
        let longest = (1...6).map { limits.backoff(repetition: $0, jitter: .max) }
        #expect(longest == [50, 100, 200, 300, 300, 300].map(Interval.milliseconds))
        #expect(limits.backoff(repetition: 3, jitter: 0) == .milliseconds(0))
        #expect(limits.backoff(repetition: 3, jitter: 1 << 63) == .milliseconds(100))
        #expect(limits.backoff(repetition: 1_000, jitter: .max) == .milliseconds(300))
    }
}
