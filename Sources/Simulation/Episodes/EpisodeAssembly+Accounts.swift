import Domain
import MarginEngine
import Units

extension EpisodeAssembly {
    /// One account for each usable liquidation, named for the user; a second event of a user gets "#2", and so on.
    mutating func placeRecordedAccounts() {
        var seen: [String: Int] = [:]
        for (event, legs) in placed {
            let count = seen[event.record.user, default: 0] + 1
            seen[event.record.user] = count
            let name = count == 1 ? event.record.user : "\(event.record.user)#\(count)"
            let account = EpisodeAccount(name: name, fate: .recorded, legs: legs)
            events.append(TimedEvent(openingMoment(event, legs), .account(account)))
            judgeEconomy(event)
        }
    }

    private mutating func openingMoment(_ event: UsableLiquidation, _ legs: [Leg]) -> Moment {
        var search = OpeningSearch(reserves, timeline, legs)
        switch search.opening(before: timeline.index(of: event.record.moment)) {
        case .atStart: return timeline.moments[0]
        // The sources tell whole microseconds: one nanosecond later nothing else happens.
        case .after(let index): return timeline.moments[index] + Interval(nanoseconds: 1)
        case .atEvent:
            report.openedAtEvent += 1
            return event.record.moment
        }
    }

    private mutating func judgeEconomy(_ event: UsableLiquidation) {
        let level = sources.gas.level(at: event.record.moment)
        let cost = (level.baseFee + level.median) * GasUnits(ImportReport.gasUnits)
        if event.bonusValue <= cost { report.uneconomic.append(event.record.line) }
    }

    /// The crowd, opened at the start.
    mutating func placeSafeAccounts(_ options: EpisodeImport.Options) {
        var random = SeededGenerator(seed: options.seed)
        let safe = SafeAccounts(
            reserves, startPrices: timeline.columns.map { $0[0] },
            ranges: reserves.indices.map { timeline.range(ReserveIndex($0)) })
        for account in safe.accounts(options.safeAccounts, &random) {
            events.append(TimedEvent(timeline.moments[0], .account(account)))
        }
        report.safeAccounts = options.safeAccounts
    }
}
