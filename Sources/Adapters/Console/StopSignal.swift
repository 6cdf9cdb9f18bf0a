internal import Glibc
internal import Synchronization

/// Whether SIGINT or SIGTERM has asked the program to stop. A second one ends it at once, for a person whose patience is
/// over. Process-wide, since signals are; any thread may ask.
///
/// Example: `StopSignal.listen()`, then `while !StopSignal.isRaised { … }`.
public enum StopSignal {
    // An atomic is all that a signal handler may touch.
    private static let count = Atomic(0)

    public static var isRaised: Bool { count.load(ordering: .acquiring) > 0 }

    /// Takes over both signals, and ignores SIGPIPE: a peer that hangs up is an error code, not our end.
    public static func listen() {
        // Made before a signal can come: first use of a static takes a lock, which a handler must not.
        _ = count.load(ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                if StopSignal.count.add(1, ordering: .acquiringAndReleasing).newValue > 1 { _exit(128 + number) }
            }
            // No SA_RESTART: a wait on the thread that takes the signal returns early. Another thread may take it (those of
            // the system's pool block signals), so every wait needs a bound of its own.
            sigaction(number, &action, nil)
        }
        signal(SIGPIPE, SIG_IGN)
    }
}
