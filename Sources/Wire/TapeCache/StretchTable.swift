public import Domain
import Units

/// Runs of frames that are one price each, with what their prices are within: what a replay needs to know of many at once.
///
/// It lies behind the blob, little-endian: numbers of lanes, stretches and leaves (4 bytes each) and zero; a lane for each
/// instrument and stream that a run has (reserve 2 bytes, stream 1, zero 5); stretches (first record 8, records 4, first leaf 4);
/// for each leaf of `leafRecords` records a row a lane: lowest and highest price as doubles, place of its last record
/// in the stretch plus 1 or 0 where it has none, and how many it has (4 bytes each); the same for each `branchLeaves` leaves,
/// counted from the file's first: nothing where they are not all of one stretch; and the same for each stretch.
public struct StretchTable: Sendable {
    public let lanes: ContiguousArray<Lane>
    public let count: Int
    public let leaves: Int
    private let stretchesAt: Int
    let leavesAt: Int
    private let records: UInt64
    /// By reserve: one of its lanes, plus 1.
    let laneOfReserve: ContiguousArray<UInt8>

    /// An instrument as one stream prices it.
    public struct Lane: Hashable, Sendable {
        public var reserve: ReserveIndex
        public var stream: StreamIndex
    }

    /// Neighbouring records, each a frame of one price.
    public struct Stretch: Equatable, Sendable {
        public var first: Int
        public var records: Int
        var firstLeaf: Int
        /// Of the file's stretches.
        var number: Int

        /// The first leaf of a part, and the one behind its last.
        public func leaves(of part: Range<Int>) -> Range<Int> {
            firstLeaf + part.lowerBound / leafRecords..<firstLeaf + (part.upperBound + leafRecords - 1) / leafRecords
        }

        /// Records of a leaf, counted from the stretch's first.
        ///
        /// Behind the last leaf: nothing.
        public func part(_ leaf: Int) -> Range<Int> {
            let start = min((leaf - firstLeaf) * leafRecords, records)
            return start..<min(start + leafRecords, records)
        }
    }

    /// What a lane does in a part of a stretch.
    public struct LaneSpan: Equatable, BitwiseCopyable, Sendable {
        public var lowest = Double.infinity
        public var highest = -Double.infinity
        /// Of the lane's last record, counted from the stretch's first; below zero where it has none.
        public var last = -1
        public var count = 0

        public init() {}
    }

    public static let leafRecords = 64
    static let branchLeaves = 8
    /// Shorter runs are not worth a stretch.
    public static let recordsMin = 16
    public static let lanesMax = 64
    static let headBytes = 16, laneBytes = 8, stretchBytes = 16, spanBytes = 24

    public init(reading header: CacheHeader, in file: RawSpan) throws(CacheFault) {
        records = header.records
        let start = Int(header.blobOffset + header.blobBytes)
        let room = file.byteCount - start
        guard room >= Self.headBytes else { throw Self.fault("\(room) bytes of stretches") }
        let laneCount = Int(file.little(start, as: UInt32.self))
        count = Int(file.little(start + 4, as: UInt32.self))
        leaves = Int(file.little(start + 8, as: UInt32.self))
        stretchesAt = start + Self.headBytes + laneCount * Self.laneBytes
        leavesAt = stretchesAt + count * Self.stretchBytes
        guard laneCount <= Self.lanesMax,
            leavesAt + Self.rows(leaves: leaves, stretches: count) * laneCount * Self.spanBytes == file.byteCount
        else {
            throw Self.fault("\(room) bytes for \(laneCount) lanes, \(count) stretches and \(leaves) leaves")
        }
        lanes = ContiguousArray(
            (0..<laneCount).map { number in
                let place = start + Self.headBytes + number * Self.laneBytes
                return Lane(
                    reserve: ReserveIndex(file.little(place, as: UInt16.self)),
                    stream: StreamIndex(file.little(place + 2, as: UInt8.self)))
            })
        var laneOfReserve = ContiguousArray<UInt8>()
        for (number, lane) in lanes.enumerated() {
            let missing = lane.reserve.position + 1 - laneOfReserve.count
            if missing > 0 { laneOfReserve.append(contentsOf: repeatElement(0, count: missing)) }
            laneOfReserve[lane.reserve.position] = UInt8(number + 1)
        }
        self.laneOfReserve = laneOfReserve
    }

    /// Of leaves, branches and stretches.
    static func rows(leaves: Int, stretches: Int) -> Int { leaves + leaves / branchLeaves + stretches }

    private static func fault(_ found: String) -> CacheFault {
        CacheFault(.badRecord, found: found, allowed: "compile it again")
    }

    /// - Throws: where it does not lie in the file.
    public func stretch(_ number: Int, in file: RawSpan) throws(CacheFault) -> Stretch {
        precondition((0..<count).contains(number), "Condition: there is such a stretch")
        let place = stretchesAt + number * Self.stretchBytes
        let (first, length) = (file.little(place, as: UInt64.self), file.little(place + 8, as: UInt32.self))
        let leaf = Int(file.little(place + 12, as: UInt32.self))
        let needed = (Int(length) + Self.leafRecords - 1) / Self.leafRecords
        guard first <= records, UInt64(length) <= records - first, length > 0, leaf + needed <= leaves else {
            throw Self.fault("stretch \(number) lies beside the file")
        }
        return Stretch(first: Int(first), records: Int(length), firstLeaf: leaf, number: number)
    }
}
