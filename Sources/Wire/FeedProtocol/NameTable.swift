/// Gives each distinct name a dense index, in order of first mention; names live in one arena of bytes.
///
/// A name is looked up within a scope (an account's is its market), so that the same bytes may be known twice. Looking up
/// a known name touches no heap; open addressing with linear probing, at most half full.
///
/// The hash is seeded at random, because strangers choose the names of accounts and could otherwise line them all up
/// in one run of slots; indices never depend on it. One thread.
public struct NameTable: Sendable {
    private struct Entry {
        var scope: UInt32
        var start: UInt32
        var length: UInt8
        var tag: UInt32
    }

    private var arena: ContiguousArray<UInt8> = []
    private var entries: ContiguousArray<Entry> = []
    /// Index + 1; zero is an empty slot.
    ///
    /// The count is a power of two.
    private var slots: ContiguousArray<UInt32>
    private let seed: UInt64
    private let namesMax: Int

    public init(namesMax: Int, seed: UInt64 = .random(in: .min ... .max)) {
        precondition(namesMax > 0 && namesMax <= 1 << 24, "Condition: between one and 2^24 names")
        self.namesMax = namesMax
        self.seed = seed
        slots = ContiguousArray(repeating: 0, count: NameTable.slotsAtFirst)
    }

    public static let slotsAtFirst = 64

    public var count: Int { entries.count }

    public func find(_ name: UnsafeRawBufferPointer, scope: Int = 0) -> Int? {
        let slot = slots[slotIndex(of: name, scope: UInt32(scope), tag: hash(name, UInt32(scope)))]
        return slot == 0 ? nil : Int(slot) - 1
    }

    /// The name's index, or `nil` when it is new and the table is full.
    public mutating func intern(_ name: UnsafeRawBufferPointer, scope: Int = 0) -> Int? {
        precondition(name.count <= FeedLimits.nameBytesMax, "Condition: a name has at most 64 bytes")
        let tag = hash(name, UInt32(scope))
        let position = slotIndex(of: name, scope: UInt32(scope), tag: tag)
        if slots[position] != 0 { return Int(slots[position]) - 1 }
        guard entries.count < namesMax else { return nil }
        entries.append(Entry(scope: UInt32(scope), start: UInt32(arena.count), length: UInt8(name.count), tag: tag))
        arena.append(contentsOf: name)
        slots[position] = UInt32(entries.count)
        if entries.count * 2 > slots.count { grow() }
        return entries.count - 1
    }

    public func name(at index: Int) -> String {
        let entry = entries[index]
        return String(decoding: arena[Int(entry.start)..<(Int(entry.start) + Int(entry.length))], as: UTF8.self)
    }

    public func scope(at index: Int) -> Int { Int(entries[index].scope) }

    /// The slot that holds the name, or the empty one where it belongs.
    ///
    /// Ends: half of the slots are empty.
    private func slotIndex(of name: UnsafeRawBufferPointer, scope: UInt32, tag: UInt32) -> Int {
        let mask = slots.count - 1
        var position = Int(tag) & mask
        while slots[position] != 0 {
            let entry = entries[Int(slots[position]) - 1]
            if entry.tag == tag && entry.scope == scope && equals(entry, name) { return position }
            position = (position + 1) & mask
        }
        return position
    }

    private func equals(_ entry: Entry, _ name: UnsafeRawBufferPointer) -> Bool {
        guard Int(entry.length) == name.count else { return false }
        return arena.withUnsafeBytes { bytes in
            let known = UnsafeRawBufferPointer(rebasing: bytes[Int(entry.start)..<(Int(entry.start) + name.count)])
            return known.hasSameBytes(as: name)
        }
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (index, entry) in entries.enumerated() {
            var position = Int(entry.tag) & mask
            while slots[position] != 0 { position = (position + 1) & mask }
            slots[position] = UInt32(index + 1)
        }
    }

    /// Multiply and fold, eight bytes a step; the result's high half of the last product is well mixed.
    private func hash(_ name: UnsafeRawBufferPointer, _ scope: UInt32) -> UInt32 {
        var state = seed ^ (UInt64(scope) &* 0x9E37_79B9_7F4A_7C15)
        var position = 0
        while position < name.count {
            state = NameTable.fold(state ^ name.word(at: position))
            position += 8
        }
        return UInt32(truncatingIfNeeded: NameTable.fold(state ^ UInt64(name.count)) >> 16)
    }

    private static func fold(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}

extension UnsafeRawBufferPointer {
    /// Up to eight bytes from a position, the missing ones zero.
    fileprivate func word(at position: Int) -> UInt64 {
        if position + 8 <= count { return loadUnaligned(fromByteOffset: position, as: UInt64.self) }
        var word: UInt64 = 0
        for offset in position..<count { word = word << 8 | UInt64(self[offset]) }
        return word
    }

    /// Eight bytes a step.
    @inline(__always)
    func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        var position = 0
        while position + 8 <= count {
            let mine = loadUnaligned(fromByteOffset: position, as: UInt64.self)
            guard mine == other.loadUnaligned(fromByteOffset: position, as: UInt64.self) else { return false }
            position += 8
        }
        while position < count {
            guard self[position] == other[position] else { return false }
            position += 1
        }
        return true
    }
}
