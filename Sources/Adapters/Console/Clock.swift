internal import Glibc
public import Units

/// The two clocks. Nothing else in the program asks the system for the time.
public enum Clock {
    /// The time of day: for what is written down and signed. It may jump.
    public static var wall: Moment { read(CLOCK_REALTIME) }

    /// For lengths of time and deadlines: never set back, and it counts suspension (a paused machine is late, not early).
    public static var monotonic: Moment { read(CLOCK_BOOTTIME) }

    private static func read(_ clock: clockid_t) -> Moment {
        var time = timespec()
        let code = clock_gettime(clock, &time)
        precondition(code == 0, "Invariant: the system has this clock")
        return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
