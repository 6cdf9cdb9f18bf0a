import Domain
import Foundation
public import MarginEngine
import Units

extension EpisodeFile {
    /// Reads an episode strictly: every word known, every figure in its range, moments forward and within the episode.
    public static func read(from directory: String) throws(SourceFault) -> Episode {
        let path = "\(directory)/\(manifestName)"
        let bytes = try GzipFile(path: path).readAll()
        let manifest: EpisodeManifest
        do {
            manifest = try JSONDecoder().decode(EpisodeManifest.self, from: Data(bytes))
        } catch {
            throw SourceFault(.notAManifest, file: path, found: "\(error)")
        }
        var episode = try manifest.episode(file: path)
        let table = try CSVTable(path: "\(directory)/\(eventsName)", columns: columns)
        guard table.rows == manifest.events else {
            throw SourceFault(.rowCount, file: table.file, found: "\(table.rows) of \(manifest.events)")
        }
        try EpisodeRows(table, episode).read(into: &episode)
        return episode
    }
}

/// The rows of an events' file, turned into events.
private struct EpisodeRows {
    private let table: CSVTable
    private let names: [(bytes: [UInt8], reserve: ReserveIndex)]
    private let span: ClosedRange<Moment>

    init(_ table: CSVTable, _ episode: Episode) {
        self.table = table
        names = episode.reserves.map { (Array($0.name.utf8), $0.definition.reserve) }
        span = episode.start...episode.end
    }

    func read(into episode: inout Episode) throws(SourceFault) {
        episode.events.reserveCapacity(table.rows)
        var last = episode.start
        for row in 0..<table.rows {
            let moment = try table.moment(row, 0, tick: 1)
            guard moment >= last else { throw table.fault(.timeGoesBackwards, row, 0) }
            guard span.contains(moment) else { throw table.fault(.outOfRange, row, 0) }
            last = moment
            episode.events.append(TimedEvent(moment, try event(row)))
        }
    }

    private func event(_ row: Int) throws(SourceFault) -> EpisodeEvent {
        let kind = table.field(row, 1)
        if kind.elementsEqual("price".utf8) { return try price(row) }
        if kind.elementsEqual("pool".utf8) { return try pool(row) }
        if kind.elementsEqual("gas".utf8) { return try gas(row) }
        if kind.elementsEqual("account".utf8) { return try account(row) }
        throw table.fault(.unknownWord, row, 1)
    }

    private func price(_ row: Int) throws(SourceFault) -> EpisodeEvent {
        let price = try amount(row, 3, isZeroAllowed: false)
        try expectEmpty(row, 4...5)
        return .price(try reserve(row), Price(baseUnits: price))
    }

    private func pool(_ row: Int) throws(SourceFault) -> EpisodeEvent {
        let fee = try amount(row, 5)
        guard fee < 10_000 else { throw table.fault(.outOfRange, row, 5) }
        let pool = Pool(
            assetReserve: try amount(row, 3, isZeroAllowed: false),
            cashReserve: try amount(row, 4, isZeroAllowed: false), fee: BasisPoints(UInt32(fee)))
        return .pool(try reserve(row), pool)
    }

    private func gas(_ row: Int) throws(SourceFault) -> EpisodeEvent {
        try expectEmpty(row, 2...2)
        return .gas(
            baseFee: try table.gasPrice(row, 3), median: try table.gasPrice(row, 4), high: try table.gasPrice(row, 5))
    }

    private func account(_ row: Int) throws(SourceFault) -> EpisodeEvent {
        try expectEmpty(row, 5...5)
        let name = table.text(row, 2)
        guard EpisodeFile.isName(name) else { throw table.fault(.unknownWord, row, 2) }
        guard let fate = EpisodeAccount.Fate(rawValue: table.text(row, 3)) else {
            throw table.fault(.unknownWord, row, 3)
        }
        return .account(EpisodeAccount(name: name, fate: fate, legs: try legs(row)))
    }

    private func legs(_ row: Int) throws(SourceFault) -> [Leg] {
        let field = table.field(row, 4)
        guard !field.isEmpty else { return [] }
        var legs: [Leg] = []
        for text in field.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard parts.count == 3, let reserve = known(parts[0]), let side = side(parts[1]) else {
                throw table.fault(.unknownWord, row, 4)
            }
            guard let amount = DecimalText.integer(parts[2]) else { throw table.fault(.notANumber, row, 4) }
            legs.append(Leg(reserve, side, amount))
        }
        guard legs.count <= Int(AccountUpdate.legsMax) else { throw table.fault(.outOfRange, row, 4) }
        return legs
    }

    private func side(_ text: ArraySlice<UInt8>) -> Side? {
        if text.elementsEqual("c".utf8) { return .collateral }
        return text.elementsEqual("d".utf8) ? .debt : nil
    }

    private func reserve(_ row: Int) throws(SourceFault) -> ReserveIndex {
        guard let reserve = known(table.field(row, 2)) else { throw table.fault(.unknownWord, row, 2) }
        return reserve
    }

    /// A short list: comparing bytes in order is quicker than hashing a string for each row.
    private func known(_ name: ArraySlice<UInt8>) -> ReserveIndex? {
        names.first { $0.bytes.elementsEqual(name) }?.reserve
    }

    /// Below 2^127, as the feed's contract has it.
    private func amount(_ row: Int, _ column: Int, isZeroAllowed: Bool = true) throws(SourceFault) -> UInt128 {
        guard let value = DecimalText.integer(table.field(row, column)) else {
            throw table.fault(.notANumber, row, column)
        }
        guard value < 1 << 127, value > 0 || isZeroAllowed else { throw table.fault(.outOfRange, row, column) }
        return value
    }

    private func expectEmpty(_ row: Int, _ columns: ClosedRange<Int>) throws(SourceFault) {
        for column in columns where !table.field(row, column).isEmpty { throw table.fault(.unknownWord, row, column) }
    }
}
