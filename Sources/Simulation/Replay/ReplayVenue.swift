public import Domain
public import FeedProtocol
public import Opportunities
public import TapeCache
public import Units

/// What stands between a tape and the engine: when the engine hears what the tape says, what the venue adds to it, and how the
/// engine's intents end. The kindest one is `PaperFills`; the paper world is another.
///
/// The run gives it each frame's inputs with `receive`, then takes out with `next` what has become due, gives it to the engine,
/// and hands back with `take` what the engine decided. One thread.
public protocol ReplayVenue: AnyObject {
    /// What a frame says, in order. `heard` is how long it was on its way to whoever recorded the tape.
    func receive(
        _ inputs: ContiguousArray<Input>, from stream: StreamIndex, at now: Moment, heard: Interval,
        _ directory: borrowing FeedDirectory)
    /// What is next for the engine of what is due by then; `nil` when there is nothing more.
    func next(by now: Moment) -> Delivery?
    /// An intent that was decided at that moment.
    func take(_ intent: Intent, at now: Moment)
    /// A row of a recording beside the feed, as it lies on the tape (`HistoryEntry`). Most venues do not care.
    func receive(history line: RawSpan, at now: Moment, _ directory: borrowing FeedDirectory)
    /// Something that the engine decided about an account, other than an intent.
    func note(_ output: Output, at now: Moment)
    /// An opportunity of the engine's ledger has ended.
    func note(_ closing: OpportunityClosing, at now: Moment, _ directory: borrowing FeedDirectory)
    /// Whether ticks may come as stretches: else the next five are never asked.
    var takesStretches: Bool { get }
    /// A part of a stretch, all of which has happened. It comes out of `ticks`.
    func receive(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault)
    /// What is next for the engine of what is due by then, where that is ticks of a stretch; `nil` where it is not.
    func ticks(by now: Moment, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault) -> TickDelivery?
    /// The price that the engine hears of a tick of the last delivery, and when.
    func hear(_ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan) throws(CacheFault) -> (Price, Moment)
    /// The price alone.
    func heard(_ price: Price, of reserve: ReserveIndex) -> Price
    /// The same of what their prices are within.
    func hear(_ ranges: inout ContiguousArray<PriceRange>)
    /// By which it changes an instrument's prices; the same number changes them in the same way.
    func factor(of reserve: ReserveIndex) -> UInt64
    /// What earlier runs of the tape found out; `nil` where nothing is kept.
    var walks: WalkMemory? { get }
    /// Whether nothing is due, and a price that comes now would reach the engine at once: it may then be given to it directly.
    var passesPrices: Bool { get }
    /// Whether rows beside the feed and endings of opportunities are wanted: they cost time.
    var isCurious: Bool { get }
}

extension ReplayVenue {
    public func receive(history line: RawSpan, at now: Moment, _ directory: borrowing FeedDirectory) {}
    public func note(_ output: Output, at now: Moment) {}
    public func note(_ closing: OpportunityClosing, at now: Moment, _ directory: borrowing FeedDirectory) {}
    public var passesPrices: Bool { false }
    public var takesStretches: Bool { false }
    public func receive(
        _ part: Range<Int>, of stretch: StretchTable.Stretch, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) { preconditionFailure("Condition: the venue takes stretches") }
    public func ticks(
        by now: Moment, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> TickDelivery? { nil }
    public func hear(
        _ tick: Tick, _ table: borrowing StretchTable, in file: RawSpan
    ) throws(CacheFault) -> (Price, Moment) { preconditionFailure("Condition: the venue takes stretches") }
    public func heard(_ price: Price, of reserve: ReserveIndex) -> Price { price }
    public func hear(_ ranges: inout ContiguousArray<PriceRange>) {}
    public func factor(of reserve: ReserveIndex) -> UInt64 { 1 }
    public var walks: WalkMemory? { nil }
    public var isCurious: Bool { false }
}

/// Ticks of a stretch on their way to the engine.
public struct TickDelivery: Equatable, Sendable {
    public var stretch: StretchTable.Stretch
    public var part: Range<Int>

    public init(_ part: Range<Int>, of stretch: StretchTable.Stretch) {
        self.stretch = stretch
        self.part = part
    }
}

/// An input on its way to the engine, and when it gets there.
public struct Delivery: Equatable, Sendable {
    public var input: Input
    public var stream: StreamIndex
    public var at: Moment

    public init(_ input: Input, from stream: StreamIndex, at: Moment) {
        self.input = input
        self.stream = stream
        self.at = at
    }
}
