/// The messages of a file in order of log time, however its chunks overlap; those of the same time in the file's order.
///
/// Example: `try messages.forEach { message, data in … }`. Memory: the chunks that overlap at one moment, bounded by
/// `MCAPLimits.openChunksMax`. One thread.
public struct MCAPMessages {
    private let file: MCAPFile
    private let range: ClosedRange<UInt64>
    private var definitions: MCAPDefinitions
    /// Chunks to come, by their start.
    private var waiting: ArraySlice<Int>
    private var open: [(chunk: LoadedChunk, order: Int)] = []

    /// Messages whose log time lies within the range.
    public init(_ file: MCAPFile, within range: ClosedRange<UInt64> = 0...UInt64.max) {
        self.file = file
        self.range = range
        definitions = file.definitions
        let wanted = file.chunks.indices.filter {
            file.chunks[$0].end >= range.lowerBound && file.chunks[$0].start <= range.upperBound
        }
        waiting = wanted.sorted { (file.chunks[$0].start, $0) < (file.chunks[$1].start, $1) }[...]
    }

    /// Hands over the next message. The span ends with the call; `nil` is the end.
    public mutating func next<Result>(
        _ use: (MCAPMessage, RawSpan) -> Result
    ) throws(MCAPFault) -> Result? {
        guard try peek() != nil, let first = earliest() else { return nil }
        let entry = open[first].chunk.entries[open[first].chunk.next]
        let bytes = open[first].chunk.bytes
        open[first].chunk.next += 1
        if open[first].chunk.next == open[first].chunk.entries.count { open.remove(at: first) }
        return use(
            entry.message, bytes.span.bytes.extracting(Int(entry.data.lowerBound)..<Int(entry.data.upperBound)))
    }

    /// The message that comes next; `nil` is the end.
    public mutating func peek() throws(MCAPFault) -> MCAPMessage? {
        while true {
            try openWhatMayComeFirst()
            guard let first = earliest() else { return nil }
            let message = open[first].chunk.entries[open[first].chunk.next].message
            guard message.logTime < range.lowerBound else { return message.logTime <= range.upperBound ? message : nil }
            open[first].chunk.next += 1
            if open[first].chunk.next == open[first].chunk.entries.count { open.remove(at: first) }
        }
    }

    /// Hands over every message that is left.
    public mutating func forEach(_ use: (MCAPMessage, RawSpan) throws -> Void) throws {
        var failure: (any Error)?
        while let isWell = try next({ message, data -> Bool in
            do { try use(message, data) } catch { failure = error }
            return failure == nil
        }) {
            if !isWell, let failure { throw failure }
        }
    }

    private func earliest() -> Int? {
        guard open.count > 1 else { return open.isEmpty ? nil : 0 }
        return open.indices.min { a, b in
            let (mine, theirs) = (open[a].chunk, open[b].chunk)
            let times = (mine.entries[mine.next].message.logTime, theirs.entries[theirs.next].message.logTime)
            return (times.0, open[a].order) < (times.1, open[b].order)
        }
    }

    /// Loads every chunk that begins no later than the earliest message at hand.
    private mutating func openWhatMayComeFirst() throws(MCAPFault) {
        while let order = waiting.first {
            let index = file.chunks[order]
            if let first = earliest() {
                let chunk = open[first].chunk
                if chunk.entries[chunk.next].message.logTime < index.start { return }
            }
            guard open.count < file.limits.openChunksMax else {
                throw MCAPFault(
                    .tooMany, at: index.offset, found: "overlapping chunks", allowed: "\(file.limits.openChunksMax)")
            }
            waiting.removeFirst()
            let loaded = try file.load(index, &definitions)
            if !loaded.entries.isEmpty { open.append((loaded, order)) }
        }
    }
}
