public import Foundation

/// Two logs laid side by side, decision by decision: what both runs decided, what only one of them did, and where they part first.
///
/// Two decisions are the same when they are about the same account and say the same: crossed, recovered, the same pair, size and
/// funding, or refused for the same reason. Moments and money may differ. Each is matched with one of the other run, however far
/// apart they lie. `isIdentical` asks for more: the same lines, byte for byte, in the same order, endings as the engine heard of
/// them with them.
public struct DecisionComparison: Encodable, Sendable {
    public let decisions: Count
    public let refusals: Count
    public let isIdentical: Bool
    /// `nil` where both logs say the same in the same order.
    public let firstDivergence: Divergence?

    public struct Count: Encodable, Equatable, Sendable {
        public internal(set) var matched = 0
        public internal(set) var onlyFirst = 0
        public internal(set) var onlySecond = 0
    }

    /// The first place at which the logs say something else, with what each says there; `nil` where one has ended.
    public struct Divergence: Encodable, Equatable, Sendable {
        public let number: Int
        public let first: String?
        public let second: String?
    }

    private struct Line: Decodable {
        var kind, market, account, reason, ending: String?
        var collateral, debt, repay, funding: String?
    }

    /// What makes two decisions the same.
    private struct Key: Hashable {
        var words: [String]
        var isRefusal: Bool
    }

    /// - Parameters: logs as `ParityRun` reads them: lines that are neither decision, refusal nor ending are left alone.
    public init(_ first: Data, _ second: Data) {
        let (mine, theirs) = (Self.lines(first), Self.lines(second))
        var left: [Key: Int] = [:]
        for line in theirs { if let key = line.key { left[key, default: 0] += 1 } }
        var (decisions, refusals) = (Count(), Count())
        for line in mine {
            guard let key = line.key else { continue }
            let isMatched = (left[key] ?? 0) > 0
            if isMatched { left[key, default: 0] -= 1 }
            let path: WritableKeyPath<Count, Int> = isMatched ? \.matched : \.onlyFirst
            if key.isRefusal { refusals[keyPath: path] += 1 } else { decisions[keyPath: path] += 1 }
        }
        for (key, count) in left {
            if key.isRefusal { refusals.onlySecond += count } else { decisions.onlySecond += count }
        }
        (self.decisions, self.refusals) = (decisions, refusals)
        isIdentical = mine.map(\.text) == theirs.map(\.text)
        firstDivergence = Self.divergence(mine, theirs)
    }

    private static func divergence(
        _ first: [(key: Key?, text: Data)], _ second: [(key: Key?, text: Data)]
    ) -> Divergence? {
        let (mine, theirs) = (first.filter { $0.key != nil }, second.filter { $0.key != nil })
        let end = max(mine.count, theirs.count)
        let place = (0..<end).first { number in
            number >= mine.count || number >= theirs.count || mine[number].key != theirs[number].key
        }
        guard let place else { return nil }
        func text(_ lines: [(key: Key?, text: Data)]) -> String? {
            place < lines.count ? String(decoding: lines[place].text, as: UTF8.self) : nil
        }
        return Divergence(number: place + 1, first: text(mine), second: text(theirs))
    }

    /// Of decisions and refusals with their key, of endings as the engine heard of them without.
    private static func lines(_ data: Data) -> [(key: Key?, text: Data)] {
        let decoder = JSONDecoder()
        return data.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
            guard let line = try? decoder.decode(Line.self, from: bytes) else { return nil }
            if line.kind == nil, line.ending != nil { return (nil, bytes) }
            guard let market = line.market, let account = line.account else { return nil }
            switch line.kind {
            case "crossed", "recovered", "submit":
                let rest = [line.kind, line.collateral, line.debt, line.repay, line.funding].map { $0 ?? "" }
                return (Key(words: [market, account] + rest, isRefusal: false), bytes)
            case nil: return (Key(words: [market, account, line.reason ?? ""], isRefusal: true), bytes)
            default: return nil
            }
        }
    }
}
