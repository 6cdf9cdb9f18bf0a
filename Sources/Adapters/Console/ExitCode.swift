/// How a command ended, for scripts and supervisors. The numbers are those of `sysexits.h` and never change.
public enum ExitCode: Int32, CaseIterable, Sendable {
    case ok = 0
    /// Told to stop before the end, and did.
    case stopped = 10
    /// The command line is not one of ours.
    case usage = 64
    case badData = 65
    case missingInput = 66
    case unavailable = 69
    /// A mistake of ours.
    case internalFault = 70
    /// May work later without a change.
    case tryLater = 75
    case configuration = 78
}
