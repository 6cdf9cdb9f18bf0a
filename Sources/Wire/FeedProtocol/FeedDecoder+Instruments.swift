import Domain
import Units

// What is streamed of an instrument beside its price.
extension FeedDecoder {
    func readFunding(_ record: Int) throws(RecordFault) -> Input {
        .funding(try definedReserve(record), try signed("cumulative", record))
    }

    func readTotals(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let assets = try amount("assets", record, in: 0...FeedLimits.amountMax)
        return .totals(
            reserve, Totals(assets: assets, shares: try amount("shares", record, in: 0...FeedLimits.amountMax)))
    }

    /// All quotes at once; one that is left out is not known.
    func readQuotes(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        var quotes = PerpetualQuotes()
        quotes.index = try optionalPrice("index", record)
        quotes.oracle = try optionalPrice("oracle", record)
        quotes.bid = try optionalPrice("bid", record)
        quotes.ask = try optionalPrice("ask", record)
        quotes.last = try optionalPrice("last", record)
        if document.field("skew", of: record) != nil { quotes.skew = try signed("skew", record) }
        return .quotes(reserve, quotes)
    }

    private func optionalPrice(_ name: StaticString, _ record: Int) throws(RecordFault) -> Price? {
        guard document.field(name, of: record) != nil else { return nil }
        return Price(baseUnits: try amount(name, record, in: 1...FeedLimits.amountMax))
    }

    func readSmile(_ record: Int) throws(RecordFault) -> Input {
        let reserve = try definedReserve(record)
        let atTheMoney = try word("at_the_money", record, in: 1...FeedLimits.volatilityMax)
        return .smile(
            reserve,
            Smile(
                atTheMoney: Int64(atTheMoney), skew: try billionths("skew", record),
                curvature: try billionths("curvature", record), rate: try billionths("rate", record)))
    }

    /// A signed number in billionths; zero when absent.
    private func billionths(_ name: StaticString, _ record: Int) throws(RecordFault) -> Int64 {
        guard document.field(name, of: record) != nil else { return 0 }
        guard let value = Int64(exactly: try signed(name, record)), value.magnitude <= FeedLimits.volatilityMax
        else { throw .badNumber }
        return value
    }
}
