import Glibc

/// Waiting for a descriptor, with a bound.
enum Wait {
    /// Returns when the descriptor is readable, a signal came, or the time is up: the caller looks for itself.
    static func until(readable descriptor: Int32, milliseconds: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, milliseconds)
    }
}
