internal import CSQLite

/// The one handle on the journal's file. Owns it: closed when this value ends. Confined to the thread of its journal.
struct Connection: ~Copyable {
    /// For `Statement` only.
    let handle: OpaquePointer
    let file: String

    init(file: String) throws(JournalError) {
        var handle: OpaquePointer?
        // NOMUTEX: one thread; the journal checks it.
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(file, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw JournalError(.cannotOpen, file: file, sqlite: code)
        }
        self.handle = handle
        self.file = file
    }

    deinit {
        // The v2 form waits for statements that are finalized after it.
        sqlite3_close_v2(handle)
    }

    /// Runs statements that bind nothing and return nothing of interest.
    func execute(_ sql: String) throws(JournalError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw Self.error(code, file: file) }
    }

    /// The first column of the first row, as text; empty when there is none.
    func value(of sql: String) throws(JournalError) -> String {
        let statement = try Statement(sql, on: self)
        return try statement.step() ? statement.text(0) : ""
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Rows that the last insert, update or delete changed.
    var changes: Int { Int(sqlite3_changes(handle)) }

    /// A wrong call of ours traps; everything else is the world's.
    static func error(_ code: Int32, file: String, subject: String = "") -> JournalError {
        precondition(code & 0xff != SQLITE_MISUSE, "Invariant: SQLite is called as its manual says")
        return JournalError(meaning(of: code), file: file, subject: subject, sqlite: code)
    }

    private static func meaning(of code: Int32) -> JournalError.Code {
        switch code {
        // The tables have one primary key and one unique index that an insert can meet, and triggers on what is final.
        case Int32(csqlite_constraint_primary_key): return .idTaken
        case Int32(csqlite_constraint_unique): return .opportunityTaken
        case Int32(csqlite_constraint_trigger): return .notInState
        default: break
        }
        return switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: .inUse
        case SQLITE_FULL: .full
        case SQLITE_NOTADB: .notAJournal
        case SQLITE_CORRUPT, SQLITE_CONSTRAINT: .corrupt
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH, SQLITE_READONLY: .cannotOpen
        default: .device
        }
    }
}
