import Desk
import Foundation
import Testing

@Suite struct MailboxTests {
    @Test func `messages come out in order, once, and a full box says so`() {
        let box = Mailbox<Int>(bound: 3)
        #expect([1, 2, 3, 4].map { box.post($0) } == [true, true, true, false])
        #expect(box.drain() == [1, 2, 3])
        #expect(box.drain() == [])
        #expect(box.post(5))
        #expect(box.drain() == [5])
    }

    @Test func `the descriptor is readable while something waits, and not after`() {
        let box = Mailbox<Int>(bound: 3)
        #expect(!isReadable(box.descriptor))
        _ = box.post(1)
        #expect(isReadable(box.descriptor))
        _ = box.drain()
        #expect(!isReadable(box.descriptor))
    }

    @Test func `two threads lose nothing between them`() async {
        let box = Mailbox<Int>(bound: 100_000)
        let poster = Thread { for number in 0..<20_000 { _ = box.post(number) } }
        poster.start()
        var seen: [Int] = []
        let limit = Date().addingTimeInterval(20)
        while seen.count < 20_000, Date() < limit { seen += box.drain() }
        #expect(seen == Array(0..<20_000))
    }

    private func isReadable(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 1
    }
}
