import Configuration
import Console
import Desk
import Domain
import HTTPSubmit
import Journal
import Signing
import Submission
import Units

/// The desk's thread: journal, network, and a submission machine for each open intent. It does what the machines say.
///
/// Order of things, for every intent: the record is durable, then its bytes leave; its ending is durable, then the engine
/// learns of it. A crash between any two leaves something that the next start resolves by asking the venue.
struct SubmissionWorker: ~Copyable {
    let journal: Journal
    var client: HTTPClient
    let signer: RequestSigner
    let venue: BotConfiguration.Venue
    let engine: Mailbox<EngineMessage>
    let status: BotStatus
    let limits: SubmissionLimits
    /// `nil` where nobody records.
    let tape: TapeQueue?
    var open: [UInt64: OpenIntent] = [:]
    var nextToken: UInt64 = 0
    /// Intents of an earlier run that are still unresolved: nothing new is decided before there are none.
    var recovering: Set<UInt64> = []
    var isArmed = false
    var block = BlockNumber(0)
    var transitions: [Transition] = []
    var attempts: [Attempt] = []
    var crossings: [Crossing] = []
    var refusals: [RefusalTally] = []
    var jitter = SystemRandomNumberGenerator()

    init(
        journal: consuming Journal, client: consuming HTTPClient, signer: RequestSigner,
        venue: BotConfiguration.Venue, engine: Mailbox<EngineMessage>, status: BotStatus, tape: TapeQueue?
    ) {
        self.journal = journal
        self.client = client
        self.signer = signer
        self.venue = venue
        self.engine = engine
        self.status = status
        self.tape = tape
        limits = SubmissionLimits(sendsMax: venue.attemptsMax, pollInterval: venue.statusPoll)
    }

    /// Takes up every unfinished intent of earlier runs.
    mutating func recover() throws {
        try TradingMemory.recall(journal, to: engine)
        for left in try journal.unfinished() {
            let machine = SubmissionMachine(
                resuming: left.state, sends: left.sends, wasAcknowledged: left.wasAcknowledged)
            let token = admit(OpenIntent(record: left.record, machine: machine, ordinal: nil))
            recovering.insert(token)
            try take(.restart, token)
        }
        armWhenResolved()
    }

    mutating func run(orders: Mailbox<DeskMessage>, until stop: StopFlag) throws {
        var stopAt: Moment?
        while true {
            let now = Clock.wall
            if stop.isRaised, stopAt == nil { stopAt = now + Self.drainMax }
            if let stopAt, open.isEmpty || now > stopAt { break }
            let wake = client.wait(milliseconds: waitMilliseconds(from: now), wakeDescriptor: orders.descriptor)
            try receive(orders.drain())
            for result in wake.completed { try answer(result) }
            try fireTimers()
            try writeNotes()
        }
        try writeNotes()
    }

    private func waitMilliseconds(from now: Moment) -> Int32 {
        var nearest = Self.waitMax
        for intent in open.values {
            guard let wakeAt = intent.machine.wakeAt else { continue }
            nearest = min(nearest, max(wakeAt - now, .milliseconds(0)))
        }
        return Int32((nearest.nanoseconds + 999_999) / 1_000_000)
    }

    private mutating func fireTimers() throws {
        let now = Clock.wall
        let due = open.filter { $0.value.machine.wakeAt.map { $0 <= now } ?? false }.map(\.key).sorted()
        for token in due { try take(.timer, token) }
    }

    /// What may be lost without harm is written in batches.
    private mutating func writeNotes() throws {
        if !transitions.isEmpty { try journal.recordTransitions(transitions) }
        if !attempts.isEmpty { try journal.recordAttempts(attempts) }
        if !crossings.isEmpty { try journal.recordCrossings(crossings) }
        if !refusals.isEmpty { try journal.recordRefusals(refusals) }
        transitions.removeAll(keepingCapacity: true)
        attempts.removeAll(keepingCapacity: true)
        crossings.removeAll(keepingCapacity: true)
        refusals.removeAll(keepingCapacity: true)
    }

    mutating func admit(_ intent: OpenIntent) -> UInt64 {
        nextToken += 1
        open[nextToken] = intent
        return nextToken
    }

    mutating func armWhenResolved() {
        guard !isArmed, recovering.isEmpty else { return }
        isArmed = engine.post(.armed)
    }

    private static let waitMax = Interval.milliseconds(50)
    private static let drainMax = Interval.seconds(10)
}
