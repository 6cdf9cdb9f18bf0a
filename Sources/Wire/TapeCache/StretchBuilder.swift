import Domain
import Units

/// Finds runs of price frames while a cache is written.
///
/// Memory: a row for each leaf and lane, 24 bytes a price at worst and 3 where a leaf's instruments are eight.
struct StretchBuilder {
    private var lanes: ContiguousArray<StretchTable.Lane> = []
    private var stretches: ContiguousArray<StretchTable.Stretch> = []
    /// Rows of leaves that are complete, each with as many lanes as were known then.
    private var spans: ContiguousArray<StretchTable.LaneSpan> = []
    /// Where each leaf's rows begin.
    private var starts: ContiguousArray<Int> = []
    private var current: StretchTable.Stretch?

    /// A frame of one price.
    mutating func add(_ reserve: ReserveIndex, _ stream: StreamIndex, _ price: Price, record: Int) {
        let lane = StretchTable.Lane(reserve: reserve, stream: stream)
        let known = lanes.firstIndex(of: lane)
        guard price.baseUnits > 0, known != nil || lanes.count < StretchTable.lanesMax else { return end() }
        if known == nil { lanes.append(lane) }
        var stretch = current ?? .init(first: record, records: 0, firstLeaf: starts.count, number: stretches.count)
        if stretch.records % StretchTable.leafRecords == 0 { starts.append(spans.count) }
        let row = starts[starts.count - 1] + (known ?? lanes.count - 1)
        while spans.count <= row { spans.append(.init()) }
        spans[row].add(price.baseUnits.approximate, at: stretch.records)
        stretch.records += 1
        current = stretch
    }

    /// Anything else: a run ends.
    mutating func end() {
        guard let stretch = current else { return }
        current = nil
        if stretch.records >= StretchTable.recordsMin { return stretches.append(stretch) }
        spans.removeLast(spans.count - starts[stretch.firstLeaf])
        starts.removeLast(starts.count - stretch.firstLeaf)
    }

    /// The table as it lies in the file.
    consuming func bytes() -> [UInt8] {
        end()
        var bytes: [UInt8] = []
        for count in [lanes.count, stretches.count, starts.count, 0] { bytes.append(little: UInt32(count)) }
        for lane in lanes { bytes.append(little: UInt64(lane.reserve.raw) | UInt64(lane.stream.raw) << 16) }
        for stretch in stretches {
            bytes.append(little: UInt64(stretch.first))
            bytes.append(little: UInt32(stretch.records))
            bytes.append(little: UInt32(stretch.firstLeaf))
        }
        for leaf in starts.indices {
            for lane in lanes.indices { append(span(of: lane, in: leaf), to: &bytes) }
        }
        appendBranches(to: &bytes)
        for stretch in stretches { appendRow(of: stretch.firstLeaf..<end(of: stretch), to: &bytes) }
        return bytes
    }

    private func span(of lane: Int, in leaf: Int) -> StretchTable.LaneSpan {
        let end = leaf + 1 < starts.count ? starts[leaf + 1] : spans.count
        return starts[leaf] + lane < end ? spans[starts[leaf] + lane] : .init()
    }

    /// What neighbouring leaves of one stretch come to together.
    private func appendBranches(to bytes: inout [UInt8]) {
        var next = 0
        for branch in 0..<starts.count / StretchTable.branchLeaves {
            let leaves = branch * StretchTable.branchLeaves..<(branch + 1) * StretchTable.branchLeaves
            while next < stretches.count, end(of: stretches[next]) <= leaves.lowerBound { next += 1 }
            let isWhole =
                next < stretches.count && stretches[next].firstLeaf <= leaves.lowerBound
                && leaves.upperBound <= end(of: stretches[next])
            appendRow(of: isWhole ? leaves : leaves.upperBound..<leaves.upperBound, to: &bytes)
        }
    }

    /// What leaves come to together.
    private func appendRow(of leaves: Range<Int>, to bytes: inout [UInt8]) {
        for lane in lanes.indices {
            var together = StretchTable.LaneSpan()
            for leaf in leaves { together.add(span(of: lane, in: leaf)) }
            append(together, to: &bytes)
        }
    }

    /// The leaf behind a stretch's last.
    private func end(of stretch: StretchTable.Stretch) -> Int {
        stretch.firstLeaf + (stretch.records + StretchTable.leafRecords - 1) / StretchTable.leafRecords
    }

    private func append(_ span: StretchTable.LaneSpan, to bytes: inout [UInt8]) {
        bytes.append(little: span.lowest.bitPattern)
        bytes.append(little: span.highest.bitPattern)
        bytes.append(little: UInt32(span.last + 1))
        bytes.append(little: UInt32(span.count))
    }
}
