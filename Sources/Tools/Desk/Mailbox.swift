import CLinux
import Glibc
import Synchronization

/// A bounded queue between two threads, with a descriptor that becomes readable when something is posted, so that the
/// receiver can wait for it together with a socket.
///
/// Thread rule: any thread posts; one thread drains. For what is cold (orders, outcomes), not for ticks.
public final class Mailbox<Message: Sendable>: Sendable {
    private let queue = Mutex<[Message]>([])
    private let bound: Int
    /// Readable while something waits (`eventfd(2)`).
    public let descriptor: Int32

    public init(bound: Int) {
        self.bound = bound
        descriptor = clinux_eventfd()
        precondition(descriptor >= 0, "Condition: the system grants a descriptor")
    }

    deinit {
        close(descriptor)
    }

    /// Queues a message; `false` when the box is full and the message was not taken: the caller counts it.
    public func post(_ message: Message) -> Bool {
        let isTaken = queue.withLock { queue in
            guard queue.count < bound else { return false }
            queue.append(message)
            return true
        }
        if isTaken {
            var one: UInt64 = 1
            _ = write(descriptor, &one, 8)  // can only fail when 2^64 - 1 wake-ups are pending
        }
        return isTaken
    }

    /// Everything that waits, oldest first.
    public func drain() -> [Message] {
        var wakeUps: UInt64 = 0
        _ = read(descriptor, &wakeUps, 8)  // EAGAIN says that there was none
        return queue.withLock { queue in
            defer { queue.removeAll(keepingCapacity: true) }
            return queue
        }
    }
}
