import Console
import Foundation

/// What `bailiff simulate` reads: one account, its market and what can be traded where. Amounts and prices are decimal digits in
/// quotes, since they need more than 64 bits. `examples/simulate` has files of every kind.
struct SimulationCase: Codable {
    var rules: String
    /// Seconds since 1970; for venues whose offers change with time.
    var time: Int64?
    var market: Market
    var gas: Gas
    var purse: PurseCase
    var reserves: [ReserveCase]
    var account: AccountCase
    /// Keys of `[strategy]`, on top of the defaults or of `--strategy`.
    var strategy: [String: Scalar]?

    struct Market: Codable {
        var cash: String
        var native: String
        var close_factor_bps: UInt32
        var flash_loan_fee_bps: UInt32
    }

    struct Gas: Codable {
        /// Of the next block; or of the last one, when `used` and `limit` say how full it was (EIP-1559).
        var base_fee_wei: UInt64
        var used: UInt64?
        var limit: UInt64?
        var data_fee_wei: String?
    }

    struct PurseCase: Codable {
        var cash: String
        var gas_money_wei: String
    }

    struct ReserveCase: Codable {
        var name: String
        var decimals: UInt8
        /// Base units for one whole token.
        var price: String
        var threshold_bps: UInt32
        var bonus_bps: UInt32
        var protocol_fee_bps: UInt32?
        var supply_index: String?
        var borrow_index: String?
        var parameters: [String: String]?
        var depth: [Venue]?
    }

    /// One of four.
    struct Venue: Codable {
        var pool: PoolCase?
        var concentrated: RangeCase?
        var book: BookCase?
        var inventory: StockCase?
    }

    struct PoolCase: Codable {
        var asset: String
        var cash: String
        var fee_bps: UInt32
    }

    struct RangeCase: Codable {
        var root_price: String
        var tick: Int32
        var liquidity: String
        var fee_pips: UInt32
        var spacing: Int32
        var asset_is_token0: Bool
        var ticks: [Boundary]
    }

    struct Boundary: Codable {
        var tick: Int32
        var net: String
    }

    struct BookCase: Codable {
        var bids: [Level]
        var asks: [Level]
        var fee_pips: UInt32
    }

    struct Level: Codable {
        /// Cash units for one whole asset.
        var price: String
        var size: String
    }

    struct StockCase: Codable {
        var room: String
        var stock: String
    }

    struct AccountCase: Codable {
        var category: UInt8?
        var legs: [LegCase]
    }

    struct LegCase: Codable {
        var reserve: String
        /// collateral, debt, accrual or entry
        var side: String
        var amount: String
    }

    /// A number, a switch or a word.
    enum Scalar: Codable {
        case number(Int64), flag(Bool), word(String)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let flag = try? value.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? value.decode(Int64.self) {
                self = .number(number)
            } else {
                self = .word(try value.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            switch self {
            case .number(let number): try value.encode(number)
            case .flag(let flag): try value.encode(flag)
            case .word(let word): try value.encode(word)
            }
        }

        var toml: String {
            switch self {
            case .number(let number): "\(number)"
            case .flag(let flag): "\(flag)"
            case .word(let word): "\"\(word.filter { $0 != "\"" && $0 != "\\" && $0 != "\n" })\""
            }
        }
    }

    static func decode(_ data: Data, file: String) throws -> SimulationCase {
        do {
            let read = try JSONDecoder().decode(SimulationCase.self, from: data)
            try StrayKey.refuse(in: data, knowing: try JSONEncoder().encode(read), file: file)
            return read
        } catch let DecodingError.keyNotFound(key, context) {
            throw CaseProblem.failure(file, path(context) + [key.stringValue], "nothing", "a value: it is needed")
        } catch let DecodingError.typeMismatch(type, context) {
            throw CaseProblem.failure(file, path(context), "another type", "a value of type \(type)")
        } catch let DecodingError.valueNotFound(type, context) {
            throw CaseProblem.failure(file, path(context), "null", "a value of type \(type)")
        } catch let DecodingError.dataCorrupted(context) {
            throw CaseProblem.failure(file, path(context), "what is no such JSON", "see examples/simulate")
        }
    }

    private static func path(_ context: DecodingError.Context) -> [String] {
        context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    }
}

/// What is wrong with a case, with its file and key.
enum CaseProblem {
    static func failure(_ file: String, _ path: [String], _ found: String, _ allowed: String) -> CommandFailure {
        let key = path.joined(separator: ".").replacingOccurrences(of: ".[", with: "[")
        return CommandFailure(
            code: .badData, message: "\(file): \(key.isEmpty ? "file" : key): found \(found); allowed: \(allowed)")
    }
}
