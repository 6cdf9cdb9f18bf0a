import Domain
import MarginEngine
import Testing
import Units

@testable import Episodes

/// What the imported episode says of the market: order, prices, pools.
@Suite(.enabled(if: RecordedData.isPresent, "needs the recorded episodes: set BAILIFF_DATA"))
struct ImportedMarketTests {
    @Test func `events are in order, and at one moment accounts stand before pools, gas and prices`() throws {
        let events = try RecordedData.imported.get().episode.events
        var wrong = 0
        for (a, b) in zip(events, events.dropFirst()) {
            let isInOrder =
                a.moment < b.moment || a.moment == b.moment && EpisodeOrder.rank(a.event) <= EpisodeOrder.rank(b.event)
            if !isInOrder { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    /// The event at 1610336653 recorded 0.0009616596938 for USDC; the minute after, the derived price is back.
    @Test func `a recorded print holds at its instant and until the next minute`() throws {
        let episode = try RecordedData.imported.get().episode
        let usdc = try #require(episode.reserves.firstIndex { $0.name == "USDC" })
        let instant = Moment(nanoseconds: 1_610_336_653_000_000_000)
        let prices = episode.events.compactMap { timed -> (moment: Moment, price: UInt128)? in
            guard case .price(let reserve, let price) = timed.event, reserve.position == usdc else { return nil }
            return (timed.moment, price.baseUnits)
        }
        let position = try #require(prices.firstIndex { $0.moment == instant })
        #expect(String(prices[position].price) == "961659693800000")
        let next = prices[position + 1]
        #expect(next.price != prices[position].price || next.moment - instant > .seconds(60))
        #expect(next.moment > instant)
    }

    @Test func `the unit never moves and nothing is stated twice`() throws {
        let episode = try RecordedData.imported.get().episode
        var last: [ReserveIndex: UInt128] = [:]
        var repeated = 0
        for timed in episode.events {
            guard case .price(let reserve, let price) = timed.event else { continue }
            if last[reserve] == price.baseUnits { repeated += 1 }
            last[reserve] = price.baseUnits
        }
        #expect(repeated == 0)
        #expect(last[episode.native] == RecordedLiquidation.wei)
        #expect(last.count == episode.reserves.count)
    }

    @Test func `each pool's price is the oracle's at every recorded liquidation`() throws {
        let episode = try RecordedData.imported.get().episode
        let records = try RecordedLiquidation.all(
            CSVTable(
                path: "\(RecordedData.directory)/aave_v2_liquidations.csv.gz", columns: RecordedLiquidation.columns))
        let unusable = Set(try RecordedData.imported.get().report.unusable.values.flatMap { $0 })
        let due = Set(records.filter { !unusable.contains($0.line) }.map(\.moment))
        var table = ReserveTable()
        for reserve in episode.reserves { table.define(reserve.definition) }
        var checked = 0
        var off: [String] = []
        for (index, timed) in episode.events.enumerated() {
            switch timed.event {
            case .price(let reserve, let price): table.set(reserve, price: price)
            case .pool(let reserve, let pool): table.set(reserve, pool: pool)
            default: break
            }
            let isSettled = index + 1 == episode.events.count || episode.events[index + 1].moment != timed.moment
            guard isSettled, due.contains(timed.moment) else { continue }
            for reserve in episode.reserves where reserve.definition.reserve != episode.cash {
                checked += 1
                let miss = Self.missPerMillion(reserve.definition.reserve, episode.cash, table)
                if miss > 10 { off.append("\(reserve.name) at \(timed.moment.nanoseconds) by \(miss)") }
            }
        }
        #expect(checked == due.count * (episode.reserves.count - 1))
        #expect(off == [])
    }

    /// At the recorded amounts and the stated pools: what selling the seized collateral brings, against what buying the repaid debt
    /// costs, flash loan included. The filter's arithmetic is enough: the margins are per cents.
    @Test func `every recorded liquidation pays before gas at the stated depth`() throws {
        let imported = try RecordedData.imported.get()
        let sources = try RecordedSources(directory: RecordedData.directory)
        let placed = try EpisodeAssembly(sources).placed
        var pools: [ReserveIndex: Pool] = [:]
        var losing: [Int] = []
        var next = 0
        for (index, timed) in imported.episode.events.enumerated() {
            if case .pool(let reserve, let pool) = timed.event { pools[reserve] = pool }
            let events = imported.episode.events
            guard index + 1 == events.count || events[index + 1].moment != timed.moment else { continue }
            while next < placed.count, placed[next].event.record.moment == timed.moment {
                let (event, legs) = placed[next]
                next += 1
                let proceeds = Self.proceeds(event.seized, pools[legs[0].factor.reserve])
                let cost = Self.cost(event.repaid, pools[legs[1].factor.reserve])
                if proceeds <= cost * 1.0009 { losing.append(event.record.line) }
            }
        }
        #expect(next == 191)
        #expect(losing == [])
    }

    /// The cash asset has no pool: it is what is counted.
    private static func proceeds(_ amount: TokenAmount, _ pool: Pool?) -> Double {
        guard let pool else { return amount.approximate }
        let net = amount.approximate * Double(10_000 - pool.fee.count) / 10_000
        return pool.cashReserve.approximate * net / (pool.assetReserve.approximate + net)
    }

    private static func cost(_ amount: TokenAmount, _ pool: Pool?) -> Double {
        guard let pool else { return amount.approximate }
        let bought =
            pool.cashReserve.approximate * amount.approximate / (pool.assetReserve.approximate - amount.approximate)
        return bought * 10_000 / Double(10_000 - pool.fee.count)
    }

    private static func missPerMillion(_ asset: ReserveIndex, _ cash: ReserveIndex, _ table: ReserveTable) -> Double {
        guard let row = table.row(asset), let money = table.row(cash), let price = row.price,
            let cashPrice = money.price, let pool = row.pool
        else { return .infinity }
        let pooled =
            pool.cashReserve.approximate / money.unit.approximate
            / (pool.assetReserve.approximate / row.unit.approximate)
        let oracle = price.baseUnits.approximate / cashPrice.baseUnits.approximate
        return abs(pooled / oracle - 1) * 1e6
    }

    /// Counted independently with a decimal calculator: 14 usable rows whose bonus is below 500 000 units of gas at the 60th
    /// percentile of the period. They are lines of the file, and their accounts are in the episode.
    @Test func `what does not pay for its gas is counted and kept`() throws {
        let imported = try RecordedData.imported.get()
        #expect(
            imported.report.uneconomic == [29, 59, 61, 62, 64, 80, 97, 114, 115, 116, 117, 128, 129, 217])
        #expect(imported.episode.accounts.count { $0.fate == .recorded } == 191)
    }

    /// The minute series is of another venue than the oracle, and crashes print every few seconds: 107 of the 191 accounts were
    /// below the edge at the moment before their event, and open with it. The other 84 live before it.
    @Test func `accounts that were below the edge just before open with their event`() throws {
        let imported = try RecordedData.imported.get()
        #expect(imported.report.openedAtEvent == 107)
        let opened = imported.episode.events.filter { timed in
            if case .account(let account) = timed.event { account.fate == .recorded } else { false }
        }
        // Those that open between two moments do so one nanosecond after the earlier.
        #expect(opened.count { $0.moment.nanoseconds % 1_000 == 1 || $0.moment == imported.episode.start } == 84)
    }
}
