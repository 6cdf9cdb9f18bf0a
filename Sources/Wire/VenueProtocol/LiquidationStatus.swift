public import Domain
public import Submission
internal import Units

/// The status object: where the venue says that an intent stands. The figures come with an ending, and only then.
public struct LiquidationStatus: Equatable, Sendable {
    public enum Standing: Equatable, Sendable {
        case pending
        case ended(IntentOutcome.Ending, SettlementFigures)
    }

    public var id: IntentID
    public var standing: Standing

    public init(id: IntentID, standing: Standing) {
        self.id = id
        self.standing = standing
    }
}

extension LiquidationStatus {
    public static let bytesMax = 64 << 10

    public func encoded() -> [UInt8] {
        var json = JSONText()
        json.field("id", id.text)
        guard case .ended(let ending, let figures) = standing else {
            json.field("status", StatusText.pending.rawValue)
            return json.finish()
        }
        json.field("status", StatusText(ending).rawValue)
        json.field("repaid", amount: figures.repaid)
        json.field("seized", amount: figures.seized)
        json.field("cash", amount: figures.cash.units)
        json.field("gas_paid", amount: figures.gasPaid)
        json.field("block", number: figures.block.height)
        if let used = figures.gasUsed { json.field("gas_used", number: used.count) }
        return json.finish()
    }

    public init(decoding bytes: [UInt8]) throws(ProtocolError) {
        var json = try JSONObject(bytes, bytesMax: Self.bytesMax)
        let id = try json.id("id")
        let status = try json.choice("status", StatusText.self)
        if let ending = status.ending {
            let figures = SettlementFigures(
                repaid: try json.amount("repaid", TokenAmount.self),
                seized: try json.amount("seized", TokenAmount.self),
                cash: Cash(units: try json.amount("cash", Int128.self)), gasPaid: try json.amount("gas_paid", Wei.self),
                block: BlockNumber(try json.number("block")),
                gasUsed: json.has("gas_used") ? GasUnits(try json.number("gas_used")) : nil)
            self.init(id: id, standing: .ended(ending, figures))
        } else {
            self.init(id: id, standing: .pending)
        }
        try json.finish()
    }
}

/// The standings as the contract spells them.
private enum StatusText: String, CaseIterable {
    case pending, settled, outbid, reverted, expired, rejected

    init(_ ending: IntentOutcome.Ending) {
        self =
            switch ending {
            case .settled: .settled
            case .outbid: .outbid
            case .reverted: .reverted
            case .expired: .expired
            case .rejected: .rejected
            }
    }

    var ending: IntentOutcome.Ending? {
        switch self {
        case .pending: nil
        case .settled: .settled
        case .outbid: .outbid
        case .reverted: .reverted
        case .expired: .expired
        case .rejected: .rejected
        }
    }
}
