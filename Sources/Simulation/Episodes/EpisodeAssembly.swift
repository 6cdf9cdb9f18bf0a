import Domain
import MarginEngine
import Units

/// The making of an imported episode, step by step: which liquidations count, which reserves they need, the price timeline;
/// then events are added by `EpisodeAssembly+Accounts` and `EpisodeAssembly+Market`.
struct EpisodeAssembly {
    let sources: RecordedSources
    let reserves: [EpisodeReserve]
    let timeline: PriceTimeline
    /// With the legs of the account that each becomes.
    let placed: [(event: UsableLiquidation, legs: [Leg])]
    var report = ImportReport()
    var events: [TimedEvent] = []

    static let cashName = "DAI"
    static let native = ReserveIndex(0)
    static let cash = ReserveIndex(1)

    init(_ sources: RecordedSources) throws(SourceFault) {
        self.sources = sources
        var report = ImportReport()
        report.total = sources.liquidations.count
        let candidates = Self.usable(sources, &report)
        let named = candidates.flatMap { [$0.record.collateral, $0.record.debt] }
        var names = [RecordedLiquidation.native, Self.cashName]
        for name in named where !names.contains(name) { names.append(name) }
        let reserves = try Self.reserves(names, sources.parameters)
        placed = Self.derived(candidates, reserves, &report)
        self.reserves = reserves
        timeline = PriceTimeline(
            minutes: sources.minutes, prints: Self.prints(candidates), assets: names)
        report.usable = placed.count
        self.report = report
    }

    /// The rows whose numbers agree, in order; the others go into the report.
    private static func usable(_ sources: RecordedSources, _ report: inout ImportReport) -> [UsableLiquidation] {
        let minutes = sources.minutes.rows
        guard let first = minutes.first, let last = minutes.last else { return [] }
        var usable: [UsableLiquidation] = []
        var printed: [PrintKey: UInt128] = [:]
        for record in sources.liquidations {
            let verdict = UsableLiquidation.judged(
                record, sources.parameters, within: first.moment...last.moment)
            switch verdict {
            case .unusable(let reason): report.unusable[reason, default: []].append(record.line)
            case .usable(let event):
                let both = prints([event])
                let contradicts = both.contains { print in
                    printed[PrintKey(print)].map { $0 != print.price } ?? false
                }
                guard !contradicts else {
                    report.unusable[.conflictingPrint, default: []].append(record.line)
                    continue
                }
                for print in both { printed[PrintKey(print)] = print.price }
                usable.append(event)
            }
        }
        return usable
    }

    private struct PrintKey: Hashable {
        var moment: Moment
        var asset: String

        init(_ print: PriceTimeline.Print) {
            moment = print.moment
            asset = print.asset
        }
    }

    /// The oracle's prices that these rows record. The native token has none: it is the unit.
    private static func prints(_ events: [UsableLiquidation]) -> [PriceTimeline.Print] {
        events.flatMap { event in
            [(event.record.collateral, event.collateralPrice), (event.record.debt, event.debtPrice)]
                .filter { $0.0 != RecordedLiquidation.native }
                .map { PriceTimeline.Print(moment: event.record.moment, asset: $0.0, price: $0.1) }
        }
    }

    private static func reserves(
        _ names: [String], _ parameters: [String: ReserveParameters]
    ) throws(SourceFault) -> [EpisodeReserve] {
        var reserves: [EpisodeReserve] = []
        for (position, name) in names.enumerated() {
            guard let known = parameters[name] else {
                throw SourceFault(.unknownWord, file: "aave_v2_reserve_parameters", column: "symbol", found: name)
            }
            reserves.append(EpisodeReserve(name: name, definition: definition(position, name, known)))
        }
        return reserves
    }

    private static func definition(_ position: Int, _ name: String, _ known: ReserveParameters) -> ReserveDefinition {
        ReserveDefinition(
            reserve: ReserveIndex(position), market: MarketIndex(0), decimals: known.decimals,
            liquidationThreshold: known.threshold, liquidationBonus: known.bonus, protocolFee: .zero,
            scalePartsPerMillion: ReserveScale.partsPerMillion(name))
    }

    private static func derived(
        _ candidates: [UsableLiquidation], _ reserves: [EpisodeReserve], _ report: inout ImportReport
    ) -> [(event: UsableLiquidation, legs: [Leg])] {
        candidates.compactMap { event in
            guard let collateral = reserves.firstIndex(where: { $0.name == event.record.collateral }),
                let debt = reserves.firstIndex(where: { $0.name == event.record.debt }), collateral != debt,
                let legs = BackDerivation(
                    reserves: reserves, collateral: ReserveIndex(collateral), debt: ReserveIndex(debt),
                    collateralPrice: Price(baseUnits: event.collateralPrice),
                    debtPrice: Price(baseUnits: event.debtPrice)
                ).legs(repaid: event.repaid, seized: event.seized)
            else {
                report.unusable[.notDerivable, default: []].append(event.record.line)
                return nil
            }
            return (event, legs)
        }
    }
}

/// How far a reserve's price in ether typically moves within the horizon of the risk index, in parts per million.
enum ReserveScale {
    static func partsPerMillion(_ name: String) -> UInt32 {
        if name == RecordedLiquidation.native { return 100 }
        return PriceTimeline.dollarTokens.contains(name) ? 2_500 : 4_000
    }
}
