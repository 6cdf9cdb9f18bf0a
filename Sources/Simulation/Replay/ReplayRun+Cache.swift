import Domain
public import TapeCache
public import Units

extension ReplayRun {
    /// Plays a cache: the same inputs in the same order as its tape's, and so the same log.
    ///
    /// - Parameter end: what was received later is not played.
    public mutating func play(
        _ header: CacheHeader, in file: RawSpan, until end: Moment = Moment(nanoseconds: .max),
        progress: (UInt64) -> Void = { _ in }
    ) throws(CacheFault) {
        let table = try StretchTable(reading: header, in: file)
        var (position, next) = (0, 0)
        var shown: UInt64 = 0
        while position < Int(header.records) {
            guard let record = CacheHeader.record(position, in: file) else { throw Self.fault(position) }
            if record.at > end { break }
            if report.frames - shown >= Self.progressFrames {
                shown = report.frames
                progress(shown)
            }
            if skipsQuiet, venue.takesStretches, next < table.count {
                let stretch = try table.stretch(next, in: file)
                if stretch.first == position {
                    next += 1
                    let count = try count(of: stretch, upTo: end, table, in: file)
                    try play(0..<count, of: stretch, table, in: file)
                    position += count
                    continue
                }
            }
            try advance(to: record.at, table, in: file)
            switch record.content {
            case .hot(let fields) where fields.kind == .price && record.following == 0:
                let isNext = pass(
                    price: Price(baseUnits: fields.first), of: ReserveIndex(UInt16(truncatingIfNeeded: fields.index)),
                    from: StreamIndex(record.stream), at: record.at)
                if let isNext {
                    guard isNext else { throw Self.fault(position) }
                } else {
                    try playHot(record, &position, in: file)
                }
            case .hot, .empty: try playHot(record, &position, in: file)
            case .frame(let stored):
                let isThere = header.withFrame(stored, in: file) { step(topic: $0, body: $1, at: record.at) }
                guard isThere else { throw Self.fault(position) }
            case .history(let stored):
                let isThere = header.withFrame(stored, in: file) { _, row in skip(history: row, at: record.at) }
                guard isThere else { throw Self.fault(position) }
            }
            position += 1
        }
        try advance(to: Moment(nanoseconds: .max), table, in: file)
        finish()
    }

    /// How many frames of a stretch were received by then.
    private func count(
        of stretch: StretchTable.Stretch, upTo end: Moment, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> Int {
        if try table.tick(stretch.records - 1, of: stretch, in: file).at <= end { return stretch.records }
        var (low, high) = (1, stretch.records)
        while low < high {
            let middle = (low + high + 1) / 2
            if try table.tick(middle - 1, of: stretch, in: file).at <= end { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private static let progressFrames: UInt64 = 65_536

    /// One frame that was compiled: its records stand one behind the other.
    private mutating func playHot(_ first: CacheRecord, _ position: inout Int, in file: RawSpan) throws(CacheFault) {
        begin(at: first.at)
        let stream = StreamIndex(first.stream)
        guard pass(stream) else { throw Self.fault(position) }
        if case .hot(let fields) = first.content {
            guard let input = HotInput.input(fields) else { throw Self.fault(position) }
            inputs.append(input)
        }
        for _ in 0..<Int(first.following) {
            position += 1
            guard position * CacheRecord.byteCount < file.byteCount - CacheHeader.byteCount,
                let record = CacheHeader.record(position, in: file), case .hot(let fields) = record.content,
                let input = HotInput.input(fields)
            else { throw Self.fault(position) }
            inputs.append(input)
        }
        end(stream, publishedAt: first.publishedAt, at: first.at)
    }

    private static func fault(_ position: Int) -> CacheFault {
        CacheFault(.badRecord, found: "no such record, or out of order, at \(position)", allowed: "compile it again")
    }
}
