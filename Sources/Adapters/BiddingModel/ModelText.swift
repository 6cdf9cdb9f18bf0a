import Foundation
import Units

/// The protocol's lines: one JSON object each, version 1. `docs/bidding/model-protocol.md` is the same for people.
enum ModelText {
    static let version = 1

    static func hello(mode: String) -> [UInt8] {
        line([
            "type": .text("hello"), "protocol": .number(Int64(version)), "name": .text("bailiff"), "mode": .text(mode),
        ])
    }

    static func request(_ question: ModelQuestion) -> [UInt8] {
        line([
            "type": .text("request"), "id": .number(Int64(question.id)), "market": .text(question.market),
            "account": .text(question.account), "collateral": .text(question.collateral), "debt": .text(question.debt),
            "repay_max": .text("\(question.repayMax)"), "repay": .text("\(question.repay)"),
            "seize": .text("\(question.seize)"), "proceeds": .text("\(question.proceeds)"),
            "repay_cost": .text("\(question.repayCost)"), "gas_cost": .text("\(question.gasCost)"),
            "priority_fee_wei": .text("\(question.priorityFee)"), "base_fee_wei": .text("\(question.baseFee)"),
            "net_profit": .text("\(question.netProfit)"), "block": .number(Int64(question.block)),
            "answer_within_us": .number(question.within.nanoseconds / 1_000),
            "time_to_live_us": .number(question.timeToLive.nanoseconds / 1_000),
        ])
    }

    /// Tells the model that nobody waits for its answer any more.
    static func cancel(_ id: UInt64) -> [UInt8] { line(["type": .text("cancel"), "id": .number(Int64(id))]) }

    private enum Value {
        case text(String), number(Int64)
    }

    /// Keys in order, so that transcripts can be compared.
    private static func line(_ fields: KeyValuePairs<String, Value>) -> [UInt8] {
        var text = "{"
        for (position, field) in fields.enumerated() {
            if position > 0 { text += "," }
            text += "\"\(field.key)\":"
            switch field.value {
            case .text(let value): text += quoted(value)
            case .number(let value): text += "\(value)"
            }
        }
        return Array((text + "}\n").utf8)
    }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20:
                text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

/// What a model may say.
enum ModelLine: Equatable {
    case hello(name: String)
    case answer(id: UInt64, ModelAnswer)
    case withdraw(id: UInt64)
}

/// Why a line of a model is not one of the protocol's. Counted; the line is dropped.
public enum ModelFault: String, CaseIterable, Error, Sendable {
    case notJSON, notAnObject, unknownType, wrongProtocol, badIdentifier, badAmount, badReason
    case lineTooLong
    /// An answer to a question that is not open: it came late, twice, or was never asked.
    case unknownRequest
    case helloTwice
}

extension ModelLine {
    static let reasonBytesMax = 256
    static let nameBytesMax = 64

    init(_ bytes: [UInt8]) throws(ModelFault) {
        let value: Any
        do {
            value = try JSONSerialization.jsonObject(with: Data(bytes))
        } catch {
            throw .notJSON
        }
        guard let object = value as? [String: Any] else { throw .notAnObject }
        switch object["type"] as? String {
        case "hello":
            guard Self.number(object["protocol"]) == Int64(ModelText.version) else { throw .wrongProtocol }
            self = .hello(name: String(try Self.reason(object["name"]).prefix(Self.nameBytesMax)))
        case "bid":
            self = .answer(
                id: try Self.identifier(object),
                .bid(
                    repay: try Self.amount(object["repay"], as: UInt128.self),
                    priorityFee: try Self.amount(object["priority_fee_wei"], as: UInt64.self),
                    reason: try Self.reason(object["reason"])))
        case "no_bid":
            self = .answer(id: try Self.identifier(object), .noBid(reason: try Self.reason(object["reason"])))
        case "withdraw": self = .withdraw(id: try Self.identifier(object))
        default: throw .unknownType
        }
    }

    private static func identifier(_ object: [String: Any]) throws(ModelFault) -> UInt64 {
        guard let number = number(object["id"]), number >= 0 else { throw .badIdentifier }
        return UInt64(number)
    }

    /// A whole number, not a truth value and not 1.5.
    private static func number(_ value: Any?) -> Int64? {
        guard let number = value as? NSNumber, String(cString: number.objCType) != "c" else { return nil }
        return Int64(exactly: number)
    }

    /// Decimal text, or absent.
    private static func amount<N: FixedWidthInteger>(_ value: Any?, as type: N.Type) throws(ModelFault) -> N? {
        guard let value else { return nil }
        guard let text = value as? String, let number = N(text), text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            throw .badAmount
        }
        return number
    }

    private static func reason(_ value: Any?) throws(ModelFault) -> String {
        guard let value else { return "" }
        guard let text = value as? String, text.utf8.count <= reasonBytesMax else { throw .badReason }
        return text
    }
}
