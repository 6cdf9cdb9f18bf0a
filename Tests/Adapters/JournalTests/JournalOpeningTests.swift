import CSQLite
import Glibc
import Testing

@testable import Journal

@Suite struct JournalOpeningTests {
    private let folder = Folder()

    @Test func `a journal keeps its identity over openings`() throws {
        let first = try Journal(file: folder.journal, mode: .live).id
        #expect(first.count == 32)
        #expect(try Journal(file: folder.journal, mode: .live).id == first)
    }

    @Test func `every setting that safety rests on reads back as set`() throws {
        let journal = try Journal(file: folder.journal, mode: .live)
        #expect(try journal.connection.value(of: "PRAGMA journal_mode") == "wal")
        #expect(try journal.connection.value(of: "PRAGMA synchronous") == "2")
        #expect(try journal.connection.value(of: "PRAGMA locking_mode") == "exclusive")
    }

    /// A change here is a change of the format: it needs a new version and a migration.
    @Test func `the tables of version 1 are frozen`() throws {
        let journal = try Journal(file: folder.journal, mode: .live)
        let columns = try journal.connection.value(
            of: """
                SELECT group_concat(line, char(10)) FROM (
                    SELECT s.name || ': ' || group_concat(c.name || ' ' || c.type, ', ') AS line
                    FROM sqlite_schema s JOIN pragma_table_info(s.name) c
                    WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' GROUP BY s.name ORDER BY s.name)
                """)
        #expect(
            columns == """
                attempt: intent TEXT, n INTEGER, began_ns INTEGER, ended_ns INTEGER, class TEXT, detail TEXT
                crossing: market TEXT, account TEXT, first_ns INTEGER, last_ns INTEGER
                event: seq INTEGER, intent TEXT, from INTEGER, to INTEGER, cause TEXT, at_ns INTEGER
                intent: id TEXT, opportunity TEXT, state INTEGER, acknowledged INTEGER, sends INTEGER, market TEXT, \
                account TEXT, version INTEGER, debt TEXT, collateral TEXT, liquidator TEXT, ordinal INTEGER, repay TEXT, \
                expected_profit TEXT, gas_cost TEXT, deadline INTEGER, path TEXT, headers TEXT, body BLOB, \
                triggered_ns INTEGER, decided_ns INTEGER, ended_ns INTEGER, repaid TEXT, seized TEXT, cash TEXT, \
                gas_paid TEXT, block INTEGER
                meta: key TEXT, value TEXT
                refusal: reason TEXT, count INTEGER
                refusal_event: market TEXT, account TEXT, reason TEXT, at_ns INTEGER
                """)
        #expect(Schema.version == 1)
    }

    @Test func `a second opener is refused while the first holds it, and let in after`() throws {
        do {
            let first = try Journal(file: folder.journal, mode: .live)
            #expect(code { try Journal(file: folder.journal, mode: .live) } == .inUse)
            _ = try first.totals()
        }
        #expect(code { try Journal(file: folder.journal, mode: .live) } == nil)
    }

    @Test func `paper and live are never mixed`() throws {
        do { _ = try Journal(file: folder.journal, mode: .paper) }
        #expect(code { try Journal(file: folder.journal, mode: .live) } == .otherMode)
    }

    @Test func `a journal of a newer version is refused by its number`() throws {
        do {
            let journal = try Journal(file: folder.journal, mode: .live)
            try journal.connection.execute("PRAGMA user_version = 2")
        }
        #expect(code { try Journal(file: folder.journal, mode: .live) } == .newerSchema)
    }

    @Test func `another database, and no database, are not taken for a journal`() throws {
        do {
            let other = try Connection(file: folder.journal)
            try other.execute("CREATE TABLE t (x)")
        }
        #expect(code { try Journal(file: folder.journal, mode: .live) } == .notAJournal)
        unlink(folder.journal)
        let file = fopen(folder.journal, "w")
        fputs(String(repeating: "not a database. ", count: 512), file)
        fclose(file)
        #expect(code { try Journal(file: folder.journal, mode: .live) } == .notAJournal)
    }

    @Test func `a file that cannot be made is named in the error`() {
        #expect(throws: JournalError(.cannotOpen, file: "/nowhere/j.sqlite", sqlite: SQLITE_CANTOPEN)) {
            _ = try Journal(file: "/nowhere/j.sqlite", mode: .live)
        }
    }

    @Test func `another thread may not use it`() async {
        await #expect(processExitsWith: .signal(SIGILL)) { [file = folder.journal as String] in
            let shared = Shared(try Journal(file: file, mode: .live))
            var thread = pthread_t()
            let context = Unmanaged.passRetained(shared).toOpaque()
            pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    _ = try? Unmanaged<Shared>.fromOpaque(context).takeRetainedValue().journal.totals()
                    return nil
                }, context)
            pthread_join(thread, nil)
        }
    }

    private func code(_ open: () throws -> Journal) -> JournalError.Code? {
        do {
            _ = try open()
            return nil
        } catch {
            return (error as? JournalError)?.code
        }
    }
}

/// What a mistaken wiring would do: hold a journal where two threads reach it.
private final class Shared {
    let journal: Journal
    init(_ journal: consuming Journal) { self.journal = journal }
}
