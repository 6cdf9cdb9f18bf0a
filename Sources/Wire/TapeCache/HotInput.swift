public import Domain
public import Units

/// The inputs that a busy feed is made of, as a kind, an index and 32 bytes. Everything else stays the frame that it came in.
///
/// | kind | index | first 16 bytes | last 16 bytes |
/// |---|---|---|---|
/// | price | reserve | price | |
/// | pool | reserve, fee in the upper half | asset reserve | cash reserve |
/// | indices | reserve | supply | borrow |
/// | funding | reserve | in two's complement | |
/// | block | market | number | timestamp |
/// | gas, but for a rollup's | market | base fee, then the median priority fee | the high one |
/// | account | account | version, then market, legs, segments, category, kind | group, whether there is one, reserve |
/// | leg | factor | amount | |
public enum HotInput {
    public enum Kind: UInt8, CaseIterable, Sendable {
        case price = 1, pool, indices, funding, block, account, leg, gas
    }

    /// The fields of a record that say what the input is.
    public struct Fields: Equatable, Sendable {
        public var kind: Kind
        public var index: UInt32
        public var first: UInt128
        public var second: UInt128

        public init(_ kind: Kind, _ index: UInt32, _ first: UInt128 = 0, _ second: UInt128 = 0) {
            (self.kind, self.index, self.first, self.second) = (kind, index, first, second)
        }
    }

    /// `nil` for an input that has no such form.
    public static func fields(of input: Input) -> Fields? {
        switch input {
        case .price(let reserve, let price): Fields(.price, UInt32(reserve.raw), price.baseUnits)
        case .pool(let reserve, let pool):
            UInt16(exactly: pool.fee.count).map {
                Fields(.pool, UInt32(reserve.raw) | UInt32($0) << 16, pool.assetReserve, pool.cashReserve)
            }
        case .indices(let reserve, let supply, let borrow):
            Fields(.indices, UInt32(reserve.raw), supply.value, borrow.value)
        case .funding(let reserve, let amount): Fields(.funding, UInt32(reserve.raw), UInt128(bitPattern: amount))
        case .block(let block):
            Fields(
                .block, UInt32(block.market.raw), UInt128(block.number.height),
                UInt128(UInt64(bitPattern: block.timestamp.nanoseconds)))
        case .gas(let gas): fields(of: gas)
        case .accountBegins(let head): fields(of: head)
        case .accountLeg(let leg): Fields(.leg, leg.factor.raw, leg.amount)
        default: nil
        }
    }

    private static func fields(of gas: GasUpdate) -> Fields? {
        guard gas.rollup == nil else { return nil }
        return Fields(
            .gas, UInt32(gas.market.raw),
            UInt128(gas.baseFee.weiPerGas) | UInt128(gas.priorityFeeMedian.weiPerGas) << 64,
            UInt128(gas.priorityFeeHigh.weiPerGas))
    }

    private static func fields(of head: AccountUpdate) -> Fields {
        let shape =
            UInt64(head.market.raw) | UInt64(head.legs) << 16 | UInt64(head.segments.rawValue) << 32
            | UInt64(head.traits.category) << 48 | UInt64(head.kind.rawValue) << 56
        let group = head.group.map { UInt64($0.raw) | 1 << 32 } ?? 0
        return Fields(
            .account, head.account.raw, UInt128(head.version) | UInt128(shape) << 64,
            UInt128(group) | UInt128(head.reserve.raw) << 64)
    }

    /// The input of the fields; `nil` where they are those of none.
    @inlinable
    public static func input(_ fields: Fields) -> Input? {
        let reserve = ReserveIndex(UInt16(truncatingIfNeeded: fields.index))
        switch fields.kind {
        case .price: return .price(reserve, Price(baseUnits: fields.first))
        case .leg: return .accountLeg(Leg(FactorIndex(raw: fields.index), fields.first))
        case .pool, .indices, .funding, .block, .account, .gas: return other(fields, reserve)
        }
    }

    @usableFromInline
    static func other(_ fields: Fields, _ reserve: ReserveIndex) -> Input? {
        switch fields.kind {
        case .pool:
            return .pool(
                reserve,
                Pool(
                    assetReserve: fields.first, cashReserve: fields.second, fee: BasisPoints(fields.index >> 16)))
        case .indices: return .indices(reserve, supply: Ray(fields.first), borrow: Ray(fields.second))
        case .funding: return .funding(reserve, Int128(bitPattern: fields.first))
        case .block:
            guard let number = UInt64(exactly: fields.first) else { return nil }
            let time = Int64(bitPattern: UInt64(truncatingIfNeeded: fields.second))
            return .block(
                BlockUpdate(
                    market: MarketIndex(reserve.raw), number: BlockNumber(number), timestamp: Moment(nanoseconds: time)
                ))
        case .gas:
            return .gas(
                GasUpdate(
                    market: MarketIndex(reserve.raw),
                    baseFee: GasPrice(weiPerGas: UInt64(truncatingIfNeeded: fields.first)),
                    priorityFeeMedian: GasPrice(weiPerGas: UInt64(truncatingIfNeeded: fields.first >> 64)),
                    priorityFeeHigh: GasPrice(weiPerGas: UInt64(truncatingIfNeeded: fields.second))))
        case .account: return account(fields)
        case .price, .leg: return nil
        }
    }

    private static func account(_ fields: Fields) -> Input? {
        let shape = UInt64(truncatingIfNeeded: fields.first >> 64)
        let group = UInt64(truncatingIfNeeded: fields.second)
        guard let kind = AccountUpdate.Kind(rawValue: UInt8(truncatingIfNeeded: shape >> 56)) else { return nil }
        return .accountBegins(
            AccountUpdate(
                account: AccountIndex(fields.index), market: MarketIndex(UInt16(truncatingIfNeeded: shape)),
                kind: kind, reserve: ReserveIndex(UInt16(truncatingIfNeeded: fields.second >> 64)),
                version: UInt64(truncatingIfNeeded: fields.first), legs: UInt16(truncatingIfNeeded: shape >> 16),
                traits: AccountTraits(category: UInt8(truncatingIfNeeded: shape >> 48)),
                segments: Segments(rawValue: UInt16(truncatingIfNeeded: shape >> 32)),
                group: group >> 32 == 0 ? nil : GroupIndex(UInt32(truncatingIfNeeded: group))))
    }
}
