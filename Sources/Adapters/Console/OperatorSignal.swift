internal import Glibc
internal import Synchronization

/// What an operator says to a running bot by a signal: SIGUSR1 halts it, SIGUSR2 lets it resume. Process-wide, since signals are.
///
/// Example: `kill -USR1 $(pidof bailiff)`; the loop asks `take()` and hears each word once.
public enum OperatorSignal {
    public enum Word: Sendable {
        case halt, resume
    }

    private static let halts = Atomic(0)
    private static let resumes = Atomic(0)

    public static func listen() {
        // Made before a signal can come: first use of a static takes a lock, which a handler must not.
        _ = halts.load(ordering: .relaxed) + resumes.load(ordering: .relaxed)
        handle(SIGUSR1) { _ in OperatorSignal.halts.add(1, ordering: .releasing) }
        handle(SIGUSR2) { _ in OperatorSignal.resumes.add(1, ordering: .releasing) }
    }

    /// What was said since the last call. Of both the halt comes last: in doubt it stands.
    public static func take() -> [Word] {
        let resumed = resumes.exchange(0, ordering: .acquiring) > 0
        let halted = halts.exchange(0, ordering: .acquiring) > 0
        return (resumed ? [.resume] : []) + (halted ? [.halt] : [])
    }

    private static func handle(_ number: Int32, _ body: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = body
        sigaction(number, &action, nil)
    }
}
