public import Domain
public import Submission
public import Units

/// The body of `POST /v1/liquidations`: one action that a venue is asked to execute, in full.
public struct LiquidationRequest: Equatable, Sendable {
    public var id: IntentID
    public var market: String
    public var account: String
    public var collateralAsset: String
    public var debtAsset: String
    public var repay: TokenAmount
    /// The venue reverts when less cash than this would be left after repayment, gas not counted.
    public var minimumMargin: Cash
    public var funding: Funding
    public var gasLimit: GasUnits
    public var feeCap: GasPrice
    public var priorityFee: GasPrice
    public var deadline: BlockNumber

    public init(
        id: IntentID, market: String, account: String, collateralAsset: String, debtAsset: String, repay: TokenAmount,
        minimumMargin: Cash, funding: Funding, gasLimit: GasUnits, feeCap: GasPrice, priorityFee: GasPrice,
        deadline: BlockNumber
    ) {
        self.id = id
        self.market = market
        self.account = account
        self.collateralAsset = collateralAsset
        self.debtAsset = debtAsset
        self.repay = repay
        self.minimumMargin = minimumMargin
        self.funding = funding
        self.gasLimit = gasLimit
        self.feeCap = feeCap
        self.priorityFee = priorityFee
        self.deadline = deadline
    }
}

extension LiquidationRequest {
    public static let path = "/v1/liquidations"
    public static let bytesMax = 64 << 10
    /// Names of markets, assets and accounts.
    static let nameBytes = 1...128

    public static func statusPath(of id: IntentID) -> String { "\(path)/\(id.text)" }

    /// Equal requests have equal bytes.
    public func encoded() -> [UInt8] {
        var json = JSONText()
        json.field("id", id.text)
        json.field("market", market)
        json.field("account", account)
        json.field("collateral_asset", collateralAsset)
        json.field("debt_asset", debtAsset)
        json.field("repay", amount: repay)
        json.field("minimum_margin", amount: minimumMargin.units)
        json.field("funding", FundingText(funding).rawValue)
        json.field("gas_limit", number: gasLimit.count)
        json.field("fee_cap", amount: feeCap.weiPerGas)
        json.field("priority_fee", amount: priorityFee.weiPerGas)
        json.field("deadline_block", number: deadline.height)
        return json.finish()
    }

    public init(decoding bytes: [UInt8]) throws(ProtocolError) {
        var json = try JSONObject(bytes, bytesMax: Self.bytesMax)
        self.init(
            id: try json.id("id"), market: try json.text("market", bytes: Self.nameBytes),
            account: try json.text("account", bytes: Self.nameBytes),
            collateralAsset: try json.text("collateral_asset", bytes: Self.nameBytes),
            debtAsset: try json.text("debt_asset", bytes: Self.nameBytes),
            repay: try json.amount("repay", TokenAmount.self),
            minimumMargin: Cash(units: try json.amount("minimum_margin", Int128.self)),
            funding: try json.choice("funding", FundingText.self).funding,
            gasLimit: GasUnits(try json.number("gas_limit")),
            feeCap: GasPrice(weiPerGas: try json.amount("fee_cap", UInt64.self)),
            priorityFee: GasPrice(weiPerGas: try json.amount("priority_fee", UInt64.self)),
            deadline: BlockNumber(try json.number("deadline_block")))
        try json.finish()
    }
}

/// `Funding` as the contract spells it.
private enum FundingText: String, CaseIterable {
    case capital
    case flashLoan = "flash_loan"

    init(_ funding: Funding) {
        self =
            switch funding {
            case .capital: .capital
            case .flashLoan: .flashLoan
            }
    }

    var funding: Funding {
        switch self {
        case .capital: .capital
        case .flashLoan: .flashLoan
        }
    }
}
