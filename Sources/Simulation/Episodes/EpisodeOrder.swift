import MarginEngine

/// The order of events in an episode: by moment, and at one moment accounts, pools, gas, then prices, so that a price finds
/// everything in place that it will be judged against. Events of one kind keep their order.
enum EpisodeOrder {
    static func sorted(_ events: [TimedEvent]) -> [TimedEvent] {
        events.enumerated().sorted { a, b in
            (a.element.moment, rank(a.element.event), a.offset) < (b.element.moment, rank(b.element.event), b.offset)
        }.map(\.element)
    }

    static func rank(_ event: EpisodeEvent) -> Int {
        switch event {
        case .account: 0
        case .pool: 1
        case .gas: 2
        case .price: 3
        }
    }
}
