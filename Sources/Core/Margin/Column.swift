/// A growable column of plain values with one owner: no reference count, no copy on write, no exclusivity check.
///
/// Every access is bounds-checked, in release too. Long columns grow by an eighth, so that millions waste little;
/// between growths nothing allocates. This file is the core's one door to raw memory.
public struct Column<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Element>
    public private(set) var count: Int
    private var capacity: Int

    @inlinable
    public subscript(position: Int) -> Element {
        get {
            precondition(position >= 0 && position < count, "Invariant: a position lies in the column")
            return base[position]
        }
        _modify {
            precondition(position >= 0 && position < count, "Invariant: a position lies in the column")
            yield &base[position]
        }
    }

    public init(reserving capacity: Int = 0) {
        self.capacity = max(capacity, 4)
        base = .allocate(capacity: self.capacity)
        count = 0
    }

    deinit {
        base.deallocate()
    }

    /// Makes room at once for so many, so that growing does not leave holes behind. Room that is never used stays virtual.
    public mutating func reserve(_ wanted: Int) {
        if wanted > capacity { grow(to: wanted) }
    }

    public mutating func append(_ element: Element) {
        if count == capacity { grow(to: larger) }
        base[count] = element
        count += 1
    }

    /// Appends so many copies.
    public mutating func append(repeating element: Element, count added: Int) {
        if count + added > capacity { grow(to: max(count + added, larger)) }
        (base + count).initialize(repeating: element, count: added)
        count += added
    }

    public mutating func removeLast() -> Element {
        precondition(count > 0, "Condition: the column is not empty")
        count -= 1
        return base[count]
    }

    public mutating func removeAll() { count = 0 }

    mutating func removeLast(_ removed: Int) {
        precondition(removed >= 0 && removed <= count, "Condition: there are as many")
        count -= removed
    }

    /// Puts the elements in order. A few of them, or many that are in order already, cost no allocation.
    mutating func sort(by isBefore: (Element, Element) -> Bool) {
        for position in 1..<max(count, 1) where isBefore(base[position], base[position - 1]) {
            var elements = UnsafeMutableBufferPointer(start: base, count: count)
            return elements.sort(by: isBefore)
        }
    }

    /// The elements of a range, to read in place.
    @inlinable
    public func withSpan<Result>(_ range: Range<Int>, _ body: (Span<Element>) -> Result) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "Invariant: a range lies in the column")
        return body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count).span)
    }

    /// The same for a body that reads something which closures cannot hold, or would copy.
    @inlinable
    public func withSpan<Context: ~Copyable, Result>(
        _ range: Range<Int>, with context: borrowing Context, _ body: (Span<Element>, borrowing Context) -> Result
    ) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "Invariant: a range lies in the column")
        return body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count).span, context)
    }

    /// Bytes held, used or not.
    public var residentBytes: Int { capacity * MemoryLayout<Element>.stride }

    private var larger: Int { capacity < 65_536 ? capacity * 2 : capacity + capacity / 8 }

    private mutating func grow(to wanted: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity = wanted
    }
}

/// A growable row of owners, which `Array` cannot hold.
public struct Row<Element: ~Copyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    public private(set) var count: Int
    private var capacity: Int

    public init() {
        capacity = 4
        base = .allocate(capacity: 4)
        count = 0
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    public subscript(position: Int) -> Element {
        _read {
            precondition(position >= 0 && position < count, "Invariant: a position lies in the row")
            yield base[position]
        }
        _modify {
            precondition(position >= 0 && position < count, "Invariant: a position lies in the row")
            yield &base[position]
        }
    }

    public mutating func append(_ element: consuming Element) {
        if count == capacity {
            let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: base, count: count)
            base.deallocate()
            base = larger
            capacity *= 2
        }
        (base + count).initialize(to: element)
        count += 1
    }
}
