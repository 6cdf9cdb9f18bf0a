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
    /// Of a neighbour of an expiry that has none.
    var lastSmile: ReadSmile<Q>?
    /// What options of one expiry share.
    private var open: ContiguousArray<OpenExpiry<Q>> = []

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
        if let known = book.factors.firstIndex(where: { $0.raw == factor.raw }) {
            position = known
        } else {
            book.factors.append(factor)
            book.halfWidths.append(halfWidth)
        }
        return Q.variable(position, at: value, halfWidth: halfWidth)
    }

    private mutating func place(_ position: Position) -> Bool {
        if position.instrument.raw == cash.raw { return addCash(position) }
        switch reserves.terms(of: position.instrument) {
        case .option(let terms): return add(position, terms)
        case .expiry(let terms): return addFuture(position, on: terms.underlying)
        case .lending: return false
        case nil:
            return position.hasEntry ? addFuture(position, on: position.instrument) : addBase(position)
        }
    }

    private mutating func addCash(_ position: Position) -> Bool {
        guard let price = variable(FactorIndex(cash, .collateral)), let unit = reserves.unit(of: cash)?.approximate
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
        guard terms.strike.baseUnits > 0, let size = wholeUnits(position), let place = open(terms.expiry) else {
            return false
        }
        let contract = OptionContract(
            terms.kind == .call ? .call : .put, strike: terms.strike.baseUnits.approximate)
        let moneyness = Q.moneyness(of: contract.strike, at: open[place].forward, logarithm: open[place].logarithm)
        let own = open[place].smile?.volatility(at: moneyness)
        guard let volatility = own ?? volatility(between: open[place].terms, at: moneyness) else { return false }
        book.underlyings[open[place].underlying].expiries[open[place].expiry].options.append(
            OptionHolding(contract: contract, amount: size, volatility: volatility, moneyness: moneyness.here))
        book.gross += abs(size) * (contract.strike + open[place].forward)
        return true
    }

    /// Where an expiry stands among the open ones.
    private mutating func open(_ instrument: ReserveIndex) -> Int? {
        if let known = open.firstIndex(where: { $0.instrument.raw == instrument.raw }) { return known }
        guard case .expiry(let terms)? = reserves.terms(of: instrument), !terms.isPerpetual,
            let underlying = underlying(terms.underlying),
            let forward = variable(FactorIndex(instrument, .collateral))
        else { return nil }
        let (years, rate) = (timeLeft(to: terms.expiry), rate(of: instrument, terms))
        var expiry = ExpiryBook(
            instrument: instrument, forward: forward, years: years, rate: rate,
            discount: (years * -rate).exponential)
        expiry.options.reserveCapacity(Self.optionsExpected)
        book.underlyings[underlying].expiries.append(expiry)
        open.append(
            OpenExpiry(
                instrument: instrument, terms: terms, underlying: underlying,
                expiry: book.underlyings[underlying].expiries.count - 1, forward: forward.here,
                logarithm: forward.logarithm, smile: hasSmile(instrument) ? readSmile(instrument) : nil))
        return open.count - 1
    }

    /// Room made at once for the options of an expiry; more make the array grow.
    private static var optionsExpected: Int { 64 }

    private func wholeUnits(_ position: Position) -> Double? {
        reserves.unit(of: position.instrument).map { position.size / $0.approximate }
    }

    /// Where an underlying stands in the book.
    private mutating func underlying(_ instrument: ReserveIndex) -> Int? {
        if let known = book.underlyings.firstIndex(where: { $0.instrument.raw == instrument.raw }) { return known }
        guard let spot = variable(FactorIndex(instrument, .collateral)) else { return nil }
        book.underlyings.append(UnderlyingBook(instrument: instrument, spot: spot))
        return book.underlyings.count - 1
    }

    /// In years of 365 days; none once it is past.
    func timeLeft(to expiry: Moment) -> Q {
        Q.greatest((Q(expiry.seconds) - clock) * (1 / PortfolioTime.yearSeconds), Q(0))
    }
}

/// An expiry of which the account holds options: where it stands in the book, and what each of its options asks for.
private struct OpenExpiry<Q: Quantity> {
    let instrument: ReserveIndex
    let terms: ExpiryTerms
    let underlying: Int
    let expiry: Int
    let forward: Double
    /// Of the forward.
    let logarithm: Q
    /// `nil` where the neighbours' smiles serve.
    let smile: ReadSmile<Q>?
}

/// The day count of every model here.
public enum PortfolioTime {
    public static let yearSeconds = 31_536_000.0
    public static let daySeconds = 86_400.0
}
