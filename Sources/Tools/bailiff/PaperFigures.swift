import Console
import Foundation
import Opportunities
import Units

/// What a comparison reads of a summary that `bailiff paper` wrote. Fields that it does not compare are not read.
struct PaperFigures: Decodable {
    static let format = 1
    static let bytesMax = 256 << 20

    let format: Int
    let parametersSHA256: String
    let tapes: [Tape]

    struct Tape: Decodable {
        let title, tape: String
        let presets: [Run]
    }

    struct Point: Codable {
        let nanoseconds: Int64
        let profit: String
    }

    struct Run: Decodable {
        struct Opportunities: Decodable {
            struct Row: Decodable {
                let name, money, net: String
                let count: UInt64
            }
            let opened, open: UInt64
            let classes: [Row]
        }
        struct Capture: Decodable { let won, of: UInt64 }
        struct Money: Decodable { let profit, cash, gas, gasWei: String }
        struct Bids: Decodable { let intents: UInt64 }
        struct Latency: Decodable { let arrivalMicroseconds, inclusionMicroseconds: Percentiles }
        struct Percentiles: Decodable { let p50, p99: Int64 }
        struct World: Decodable {
            let badDebt, shortfall: String
            let ours: [String: UInt64]
        }

        let preset, tapeSHA256, decisionSHA256, cash: String
        let cashDecimals: UInt8
        let opportunities: Opportunities
        let capture: Capture
        let money: Money
        let bids: Bids
        let latency: Latency
        let world: World
        let series: [Point]
    }

    /// One tape under one preset.
    struct Played {
        let name, key: String
        let run: Run
    }

    enum Kind: String, Encodable {
        case count, money, wei, microseconds

        /// For people.
        func text(_ units: String, _ decimals: UInt8) -> String {
            guard let value = Int128(units) else { return units }
            return switch self {
            case .count: "\(value)"
            case .money: Cash(units: value).text(decimals: decimals)
            case .wei: Cash(units: value).text(decimals: 18)
            case .microseconds: Int64(exactly: value * 1_000).map { Interval(nanoseconds: $0).text } ?? units
            }
        }
    }

    struct Figure {
        let name: String
        let kind: Kind
        let value: Int128
    }

    var played: [Played] {
        tapes.flatMap { tape in
            tape.presets.map { run in
                Played(
                    name: "\(tape.title.isEmpty ? tape.tape : tape.title), \(run.preset)",
                    key: "\(run.tapeSHA256) \(run.preset)", run: run)
            }
        }
    }

    static func load(_ path: String) throws -> PaperFigures {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw CommandFailure(
                code: .missingInput, message: "\(path): cannot be read; allowed: a summary of bailiff paper")
        }
        let refused = CommandFailure(
            code: .badData,
            message:
                "\(path): no summary of bailiff paper in format \(format); allowed: what --json prints and --out writes"
        )
        guard data.count <= bytesMax else { throw refused }
        let found: PaperFigures
        do { found = try JSONDecoder().decode(PaperFigures.self, from: data) } catch { throw refused }
        guard found.format == format && found.played.allSatisfy(\.run.isSound) else { throw refused }
        return found
    }
}

extension PaperFigures.Run {
    /// Far from where a difference would overflow.
    private static let amountMax: Int128 = .max / 4

    /// Whether it can be compared: amounts are numbers, and the classes are those of this program, in order.
    fileprivate var isSound: Bool {
        let amounts =
            [money.profit, money.cash, money.gas, money.gasWei, world.badDebt, world.shortfall]
            + opportunities.classes.map(\.net)
        return cashDecimals <= 36 && opportunities.classes.map(\.name) == OpportunityClass.allCases.map { "\($0)" }
            && amounts.allSatisfy { Int128($0).map { $0.magnitude <= Self.amountMax.magnitude } ?? false }
    }

    private func amount(_ name: String, _ kind: PaperFigures.Kind, _ text: String) -> PaperFigures.Figure {
        guard let value = Int128(text) else { preconditionFailure("Invariant: a loaded summary's amounts are numbers") }
        return PaperFigures.Figure(name: name, kind: kind, value: value)
    }

    private func count(_ name: String, _ value: UInt64, _ kind: PaperFigures.Kind = .count) -> PaperFigures.Figure {
        PaperFigures.Figure(name: name, kind: kind, value: Int128(value))
    }

    private func time(_ name: String, _ value: Int64) -> PaperFigures.Figure {
        PaperFigures.Figure(name: name, kind: .microseconds, value: Int128(value))
    }

    var rows: [PaperFigures.Figure] {
        [
            amount("profit", .money, money.profit), amount("cash", .money, money.cash),
            amount("gas", .money, money.gas), amount("gas paid, ether", .wei, money.gasWei),
            count("opportunities", opportunities.opened), count("still open", opportunities.open),
            count("captured", capture.won), count("of", capture.of), count("bids", bids.intents),
        ]
            + ["settled", "settled_in_part", "outbid", "late", "reverted", "expired"].map {
                count("orders \($0)", world.ours[$0] ?? 0)
            } + [
                time("news to venue, p50", latency.arrivalMicroseconds.p50),
                time("news to venue, p99", latency.arrivalMicroseconds.p99),
                time("news to block, p50", latency.inclusionMicroseconds.p50),
                time("news to block, p99", latency.inclusionMicroseconds.p99),
                amount("bad debt", .money, world.badDebt), amount("owed beyond", .money, world.shortfall),
            ]
    }

    /// Two figures a class.
    var classRows: [PaperFigures.Figure] {
        opportunities.classes.flatMap {
            [count("\($0.name), count", $0.count), amount("\($0.name), net", .money, $0.net)]
        }
    }
}
