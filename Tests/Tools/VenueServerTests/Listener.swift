import Aave
import Domain
import FeedProtocol
import Units
import ZeroMQFeed

/// Listens to a venue as the bot does, and keeps what it heard.
struct Listener: ~Copyable {
    private var socket: SubscriberSocket
    private var decoder = FeedDecoder(rules: AaveRules.names)
    private(set) var inputs = ContiguousArray<Input>()

    init(_ endpoint: String, topics: [String] = ["venue."]) throws {
        socket = try SubscriberSocket(ZeroMQContext(), FeedSocketOptions(endpoints: [endpoint], topics: topics))
    }

    var counters: FeedCounters { decoder.counters }

    var wholeStreams: Int {
        (0..<decoder.directory.streamCount).count { decoder.state(of: StreamIndex($0)) == .whole }
    }

    /// Listens until the condition holds, half a minute at most. Returns whether it does.
    mutating func listen(until isEnough: (borrowing Listener) -> Bool) throws -> Bool {
        for _ in 0..<3_000 {
            if isEnough(self) { return true }
            _ = try socket.wait(milliseconds: 10)
            while try hear() {}
        }
        return isEnough(self)
    }

    private mutating func hear() throws -> Bool {
        var decoded = ContiguousArray<Input>()
        let verdict = try socket.receive { topic, body in
            decoder.decode(topic: topic, body: body, into: &decoded)
        }
        inputs.append(contentsOf: decoded)
        return verdict != nil
    }

    mutating func resubscribe() throws { try socket.resubscribe("venue.") }

    /// The versions of an account as they came.
    func versions(of name: String) -> [UInt64] {
        inputs.compactMap { input in
            guard case .accountBegins(let head) = input, decoder.directory.name(of: head.account) == name else {
                return nil
            }
            return head.version
        }
    }

    var blocks: [UInt64] {
        inputs.compactMap { input in
            guard case .block(let block) = input else { return nil }
            return block.number.height
        }
    }
}
