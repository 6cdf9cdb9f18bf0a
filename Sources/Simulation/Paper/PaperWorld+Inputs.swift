public import Domain
import Margin
import Mechanisms
public import Units

/// What the tape says, one input at a time. The bot hears the same, but for prices, pools and accounts that are not any more as
/// the tape has them.
extension PaperWorld {
    public mutating func apply(_ input: Input, from stream: StreamIndex, at moment: Moment) {
        now = moment
        switch input {
        case .price(let reserve, let price): apply(price, of: reserve, stream)
        case .pool(let reserve, let pool): apply(pool, of: reserve, stream)
        case .accountBegins(let head): begin(head, stream)
        case .accountLeg(let leg): add(leg, stream)
        case .block(let block): close(block, stream)
        default:
            change(input, stream)
            tell(input, from: stream)
        }
    }

    /// What the bot is told as it is.
    private mutating func change(_ input: Input, _ stream: StreamIndex) {
        switch input {
        case .market(let definition): define(definition)
        case .reserve(let definition):
            guard market(definition.market) != nil else { return }
            watch.define(definition)
            openFund(definition)
        case .indices(let reserve, let supply, let borrow):
            guard watch.isDefined(reserve) else { return }
            watch.set(reserve, supply: supply, borrow: borrow)
        case .gas(let gas):
            guard market(gas.market) != nil else { return }
            markets[gas.market.position]?.gas = gas
        case .accountQuarantined(let account, let market, _): quarantine(account, market, stream)
        case .snapshotBegins: generation &+= 1
        case .snapshotEnds(let ended): closeUnmentioned(in: ended)
        case .stream, .outcome, .armed, .advice, .past, .restored, .command: return
        default: describe(input)
        }
        judgeTouched()
    }

    private mutating func define(_ definition: MarketDefinition) {
        guard definition.rules.position < rules.count else { return }
        while markets.count <= definition.market.position { markets.append(nil) }
        let known = markets[definition.market.position]
        guard known?.definition != definition else { return }
        let rules = rules[definition.rules.position]
        markets[definition.market.position] = PaperMarket(
            definition: definition, rules: rules, mechanism: rules as? any FixedPenaltyRules, gas: known?.gas,
            block: known?.block)
        watch.define(definition.market, cash: definition.cash, rules: rules)
    }

    /// Terms and states of instruments, as the engine takes them.
    private mutating func describe(_ input: Input) {
        switch input {
        case .lendingTerms(let reserve, let terms): set(reserve) { $0.set(reserve, terms: .lending(terms)) }
        case .expiryTerms(let reserve, let terms): set(reserve) { $0.set(reserve, terms: .expiry(terms)) }
        case .optionTerms(let reserve, let terms): set(reserve) { $0.set(reserve, terms: .option(terms)) }
        case .parameter(let reserve, let parameter, let value): set(reserve) { $0.set(reserve, parameter, to: value) }
        case .tier(let reserve, let position, let tier):
            set(reserve) { _ = $0.set(reserve, tier: tier, at: Int(position)) }
        case .efficiencyMode(let index, let terms) where market(index) != nil: watch.set(terms, in: index)
        case .efficiencyMember(let index, let category, let reserve, let isMember) where market(index) != nil:
            _ = watch.set(reserve, isMember: isMember, ofCategory: category, in: index)
        case .totals(let reserve, let totals): set(reserve) { $0.update(reserve) { $0.totals = totals } }
        case .funding(let reserve, let value): set(reserve) { $0.update(reserve) { $0.cumulativeFunding = value } }
        case .quotes(let reserve, let quotes): set(reserve) { $0.update(reserve) { $0.quotes = quotes } }
        case .smile(let reserve, let smile): set(reserve) { $0.update(reserve) { $0.smile = smile } }
        default: break
        }
    }

    private mutating func set(_ reserve: ReserveIndex, _ change: (inout MarginWatch) -> Void) {
        guard watch.isDefined(reserve) else { return }
        change(&watch)
    }

    private mutating func apply(_ price: Price, of reserve: ReserveIndex, _ stream: StreamIndex) {
        guard watch.isDefined(reserve), price.baseUnits > 0 else { return tell(.price(reserve, price), from: stream) }
        let known = impact(of: reserve)
        impacts[reserve.position].tapePrice = price
        impacts[reserve.position].priceStream = stream
        publish(known.published(price), of: reserve)
    }

    /// The oracle's word, to the venue and to the bot.
    mutating func publish(_ price: Price, of reserve: ReserveIndex) {
        tell(.price(reserve, price), from: impacts[reserve.position].priceStream)
        watch.set(reserve, price: price)
        judgeTouched()
    }

    private mutating func apply(_ pool: Pool, of reserve: ReserveIndex, _ stream: StreamIndex) {
        guard watch.isDefined(reserve), pool.assetReserve > 0, pool.cashReserve > 0 else {
            return tell(.pool(reserve, pool), from: stream)
        }
        let known = impact(of: reserve)
        impacts[reserve.position].tapePool = pool
        impacts[reserve.position].poolStream = stream
        restate(known.displaced(pool), of: reserve)
    }

    /// The pool is what somebody outside makes it.
    mutating func restate(_ pool: Pool, of reserve: ReserveIndex) {
        let before = watch.reserves.pool(of: reserve)
        books[reserve].outside &+= pool.assetReserve &- (before?.assetReserve ?? 0)
        if let index = watch.reserves.market(of: reserve), let cash = market(index)?.definition.cash {
            books[cash].outside &+= pool.cashReserve &- (before?.cashReserve ?? 0)
        }
        set(pool, of: reserve)
    }

    mutating func set(_ pool: Pool, of reserve: ReserveIndex) {
        watch.set(reserve, pool: pool)
        tell(.pool(reserve, pool), from: impact(of: reserve).poolStream)
    }

    /// Makes room for it.
    mutating func impact(of reserve: ReserveIndex) -> PaperImpact {
        include(reserve)
        return impacts[reserve.position]
    }

    mutating func include(_ reserve: ReserveIndex) {
        while impacts.count <= reserve.position { impacts.append(PaperImpact()) }
    }

    /// Of the tape's price, in parts per billion, what the oracle says.
    func factor(of reserve: ReserveIndex) -> UInt64 {
        reserve.position < impacts.count ? impacts[reserve.position].factor : PaperImpact.whole
    }
}
