/// Why a whole message was refused.
///
/// It does not advance its stream, so the hole shows with the next message.
public enum FeedFault: UInt8, CaseIterable, Hashable, Sendable {
    case topicTooLong, bodyTooLong
    /// Not JSON, not UTF-8, or an integer past 64 bits.
    case notJSON
    case tooDeep, tooManyTokens
    case envelopeNotAnObject
    case badPublisher, badStream
    /// The topic is not `<publisher>.<stream>` of the body.
    case topicMismatch
    case badEpoch
    /// Not a number, or zero in a message that takes one: sequences start at 1.
    case badSequence
    case badPublishTime, badSnapshotMark, badRecords
    case tooManyRecords
    /// A 65th stream.
    case tooManyStreams
}

/// Why one record of an applied message was dropped.
///
/// A stream is broken by a dropped record unless the core can see by itself that something is missing: an unknown kind
/// of record, or a price or pool of an asset that nobody defined. A malformed price is not like that: the old one
/// would go on looking valid.
public enum RecordFault: UInt8, CaseIterable, Hashable, Sendable {
    case notAnObject, unknownType, misplacedHeartbeat
    case badMarket, unknownMarket, tooManyMarkets
    case badAsset, unknownAsset, tooManyReserves
    case badAccount, tooManyAccounts
    case unknownRules
    /// A number is absent, is no plain decimal integer, or lies outside its range.
    case badNumber
    /// A parameter of a name that this version does not know, or a bracket that is no object.
    case badParameter
    /// The kind of an option is neither call nor put.
    case badOption
    /// A seventeenth tag, or one that is no name.
    case badTag
    /// A venue of depth without a name, of a form that this version does not know, or one too many.
    case badVenue, badModel, tooManyVenues
    /// Ticks or levels that are out of order, too many, or do not fit together.
    case badDepth
    /// The rule by which a rollup counts bytes is not one of those that are known.
    case badRollup

    /// Whether the state of the stream cannot be trusted after this.
    public func breaksStream(in kind: RecordKind?) -> Bool {
        switch self {
        case .unknownType: false
        case .unknownAsset: kind?.isQuote != true
        default: true
        }
    }
}

/// The last record that was dropped: of what kind, why, and for which of its keys where that is known.
public struct RecordProblem: Sendable {
    public let kind: RecordKind?
    public let fault: RecordFault
    public let key: StaticString?
}

/// The kinds of record of contract version 1.
public enum RecordKind: UInt8, CaseIterable, Hashable, Sendable {
    case price, position, account, indices, funding, quotes, smile, totals, pool, gas, block, reserve, market
    case parameters, tiers, lending, expiry, option, efficiencyMode, depth, heartbeat

    /// The kind of that name; counting up, because `allCases` would allocate an array for each record.
    init?(named text: UnsafeRawBufferPointer) {
        var number: UInt8 = 0
        while let kind = RecordKind(rawValue: number) {
            if text.equals(kind.name) {
                self = kind
                return
            }
            number += 1
        }
        return nil
    }

    /// Whether it only moves an instrument: of one that nobody defined there is nothing that could go stale.
    var isQuote: Bool {
        switch self {
        case .price, .pool, .depth, .funding, .quotes, .smile, .totals: true
        default: false
        }
    }

    var name: StaticString {
        switch self {
        case .price: "price"
        case .position: "position"
        case .account: "account"
        case .indices: "indices"
        case .pool: "pool"
        case .gas: "gas"
        case .block: "block"
        case .reserve: "reserve"
        case .market: "market"
        case .funding: "funding"
        case .quotes: "quotes"
        case .smile: "smile"
        case .totals: "totals"
        case .parameters: "parameters"
        case .tiers: "tiers"
        case .lending: "lending"
        case .expiry: "expiry"
        case .option: "option"
        case .efficiencyMode: "efficiency_mode"
        case .depth: "depth"
        case .heartbeat: "heartbeat"
        }
    }
}
