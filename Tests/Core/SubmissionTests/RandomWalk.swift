import Domain
import Submission
import Units

/// A machine driven by whatever may happen to it next: the twin of a wiring in a hostile world.
struct RandomWalk {
    private(set) var machine = SubmissionMachine()
    private(set) var now = Moment.start
    private(set) var steps = 0
    /// Actions in order, for claims about a whole life.
    private(set) var actions: [SubmissionAction] = []
    private(set) var sendsPastDeadline = 0
    private var awaited = Awaited.journal
    private var isPastDeadline = false

    private enum Awaited { case journal, response, status, timer }

    mutating func step(_ generator: inout SeededGenerator, _ limits: SubmissionLimits) {
        steps += 1
        now = now + .milliseconds(Int64(generator.below(400)))
        let event = nextEvent(&generator)
        if event == .timer, let due = machine.wakeAt { now = max(now, due) }
        if event == .deadlinePassed { isPastDeadline = true }
        let action = machine.take(event, at: now, jitter: generator.next(), limits: limits)
        actions.append(action)
        switch action {
        case .send:
            awaited = .response
            sendsPastDeadline += isPastDeadline ? 1 : 0
        case .ask: awaited = .status
        case .wake: awaited = .timer
        case .nothing, .finish: break
        }
    }

    private func nextEvent(_ generator: inout SeededGenerator) -> SubmissionEvent {
        if !isPastDeadline && generator.below(12) == 0 { return .deadlinePassed }
        if machine.state != .created && generator.below(25) == 0 { return .restart }
        switch awaited {
        case .journal: return .durable
        case .timer: return .timer
        case .response:
            let classes: [ResponseClass] = [
                .accepted, .known, .definiteRefusal, .notAccepted(retryAfter: nil), .ambiguous, .ambiguous,
            ]
            return .response(classes[Int(generator.below(UInt64(classes.count)))])
        case .status:
            let replies: [StatusReply] = [
                .pending, .unknownID, .unknownID, .unavailable, .unavailable, .ended(.settled), .ended(.expired),
            ]
            return .status(replies[Int(generator.below(UInt64(replies.count)))])
        }
    }
}
