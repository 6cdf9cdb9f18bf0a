import Domain
import Margin
import Options
import Units

/// Decodes an account's legs into a book, and counts the factors that move it.
///
/// Gives up (`nil`) when a price, a smile or a definition is missing: nothing is judged on half of the market.
struct BookReader<Q: Quantity> {
    let reserves: ReserveTable
    let cash: ReserveIndex
    let cashUnit: Double
    /// How far every factor may move, in typical moves.
    let reach: Double
    var book = PortfolioBook<Q>()
    private(set) var clock: Q = Q(0)
    var lastSmile: ReadSmile<Q>?

    static func book(
        _ positions: borrowing PositionList, in reserves: ReserveTable, reach: Double
    ) -> PortfolioBook<Q>? {
        guard var reader = BookReader(positions.cash, reserves, reach) else { return nil }
        for i in 0..<positions.rows.count {
            guard reader.place(positions.rows[i]) else { return nil }
        }
        return reader.book
    }

    private init?(_ cash: ReserveIndex, _ reserves: ReserveTable, _ reach: Double) {
        guard let unit = CashUnit(of: cash, in: reserves) else { return nil }
        self.reserves = reserves
        self.cash = cash
        cashUnit = unit.value
        self.reach = reach
        guard let clock = variable(FactorIndex(cash, .accrual)) else { return nil }
        self.clock = clock
    }

    /// A factor as a variable, the same one each time it is asked for.
    mutating func variable(_ factor: FactorIndex) -> Q? {
        guard let reading = PortfolioFactors.reading(of: factor, in: reserves) else { return nil }
        let price = reserves.price(of: factor.reserve)?.baseUnits.approximate ?? 0
        let (value, halfWidth) = (reading.fixed + reading.perPrice * price, reach * reading.scale)
        var position = book.factors.count
        if let known = book.factors.firstIndex(of: factor) {
            position = known
        } else {
            book.factors.append(factor)
            book.halfWidths.append(halfWidth)
        }
        return Q.variable(position, at: value, halfWidth: halfWidth)
    }

    private mutating func place(_ position: Position) -> Bool {
        if position.instrument == cash { return addCash(position) }
        switch reserves.terms(of: position.instrument) {
        case .option(let terms): return add(position, terms)
        case .expiry(let terms): return addFuture(position, on: terms.underlying)
        case .lending: return false
        case nil:
            return position.hasEntry ? addFuture(position, on: position.instrument) : addBase(position)
        }
    }

    private mutating func addCash(_ position: Position) -> Bool {
        guard let price = variable(FactorIndex(cash, .collateral)), let unit = reserves.row(cash)?.unit.approximate
        else { return false }
        let value = price * (position.size / unit)
        book.cash = book.cash + value
        book.gross += abs(value.here)
        return true
    }

    private mutating func addBase(_ position: Position) -> Bool {
        guard let underlying = underlying(position.instrument), let size = wholeUnits(position) else { return false }
        book.underlyings[underlying].base += size
        book.underlyings[underlying].baseWeight =
            reserves.parameter(.collateralWeight, of: position.instrument).map { $0.approximate / 1e18 }
        book.gross += abs(book.underlyings[underlying].spot.here * size)
        return true
    }

    private mutating func addFuture(_ position: Position, on instrument: ReserveIndex) -> Bool {
        guard let underlying = underlying(instrument), let size = wholeUnits(position),
            let price = variable(FactorIndex(position.instrument, .collateral))
        else { return false }
        var worth = price * size - Q(position.entry * cashUnit)
        if let last = position.settledFunding {
            guard let funding = variable(FactorIndex(position.instrument, .accrual)) else { return false }
            worth = worth - (funding - Q(last)) * (size * cashUnit)
        }
        book.underlyings[underlying].futures.append(
            FutureHolding(price: price, size: size, worth: worth, requirement: requirement(of: position.instrument)))
        book.gross += abs(price.here * size) + abs(position.entry * cashUnit)
        return true
    }

    private func requirement(of instrument: ReserveIndex) -> FutureRequirement? {
        guard let initial = reserves.parameter(.initialMargin, of: instrument),
            let maintenance = reserves.parameter(.maintenanceMargin, of: instrument)
        else { return nil }
        return FutureRequirement(initial: initial.approximate / 1e18, maintenance: maintenance.approximate / 1e18)
    }

    private mutating func add(_ position: Position, _ terms: OptionTerms) -> Bool {
        guard terms.strike.baseUnits > 0, case .expiry(let expiryTerms)? = reserves.terms(of: terms.expiry),
            !expiryTerms.isPerpetual, let size = wholeUnits(position),
            let underlying = underlying(expiryTerms.underlying),
            let expiry = expiry(terms.expiry, expiryTerms, in: underlying)
        else { return false }
        let contract = OptionContract(
            terms.kind == .call ? .call : .put, strike: terms.strike.baseUnits.approximate)
        let (forward, years, rate) = book.underlyings[underlying].expiries[expiry].market
        let moneyness = Q(contract.strike).logarithm - forward.logarithm
        guard let volatility = volatility(terms.expiry, expiryTerms, at: moneyness) else { return false }
        let mark = Q.option(contract, forward: forward, volatility: volatility, years: years, rate: rate)
        book.underlyings[underlying].expiries[expiry].options.append(
            OptionHolding(contract: contract, amount: size, volatility: volatility, mark: mark))
        book.underlyings[underlying].expiries[expiry].mark.add(mark, times: size)
        book.gross += abs(size) * (contract.strike + forward.here)
        return true
    }

    private func wholeUnits(_ position: Position) -> Double? {
        reserves.row(position.instrument).map { position.size / $0.unit.approximate }
    }

    /// Where an underlying stands in the book.
    private mutating func underlying(_ instrument: ReserveIndex) -> Int? {
        if let known = book.underlyings.firstIndex(where: { $0.instrument == instrument }) { return known }
        guard let spot = variable(FactorIndex(instrument, .collateral)) else { return nil }
        book.underlyings.append(UnderlyingBook(instrument: instrument, spot: spot))
        return book.underlyings.count - 1
    }

    /// Where an expiry stands in its underlying.
    private mutating func expiry(_ instrument: ReserveIndex, _ terms: ExpiryTerms, in underlying: Int) -> Int? {
        let known = book.underlyings[underlying].expiries.firstIndex { $0.instrument == instrument }
        if let known { return known }
        guard let forward = variable(FactorIndex(instrument, .collateral)) else { return nil }
        let years = timeLeft(to: terms.expiry)
        let rate = rate(of: instrument, terms)
        book.underlyings[underlying].expiries.append(
            ExpiryBook(
                instrument: instrument, forward: forward, years: years, rate: rate,
                discount: (years * -rate).exponential))
        return book.underlyings[underlying].expiries.count - 1
    }

    /// In years of 365 days; none once it is past.
    func timeLeft(to expiry: Moment) -> Q {
        Q.greatest((Q(expiry.seconds) - clock) * (1 / PortfolioTime.yearSeconds), Q(0))
    }
}

/// The day count of every model here.
package enum PortfolioTime {
    package static let yearSeconds = 31_536_000.0
    package static let daySeconds = 86_400.0
}
