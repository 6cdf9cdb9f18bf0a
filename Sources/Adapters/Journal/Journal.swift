internal import Glibc

/// Whose money a journal tells of. One journal is of one mode for ever.
public enum JournalMode: String, CaseIterable, Sendable {
    case live, paper
}

/// What has been decided, sent and become of it, on disk before anything leaves the process.
///
/// One SQLite file, one connection, one thread: every call must come from the thread that opened it. WAL with
/// `synchronous=FULL`: when a call returns, its transaction survives a power loss with an honest fsync. The exclusive lock
/// is taken before WAL is entered, so no second connection can checkpoint beside this one (SQLite's WAL-reset bug, 3.7.0
/// to 3.51.2, needs two).
///
/// Example: `let journal = try Journal(file: "live.sqlite", mode: .live)`, `try journal.recordDecided([record])`, and only
/// then the first byte.
public struct Journal: ~Copyable {
    public let mode: JournalMode
    /// Random, made with the file: tells two journals apart whatever their names are.
    public let id: String
    let connection: Connection
    let insertIntent: Statement
    let insertEvent: Statement
    private let owner: pthread_t

    /// About 4 GiB in pages of 4 096 bytes: beyond it the journal says `full`, before the device does.
    public static let pagesMax = 1 << 20

    /// Opens the journal, or makes it. Refuses one that is in use, of another mode, of a newer version, or damaged.
    public init(file: String, mode: JournalMode, pagesMax: Int = Journal.pagesMax) throws(JournalError) {
        // Acquire and check everything, then assign: a throw in between would leave half a value.
        let connection = try Connection(file: file)
        try Self.lock(connection, pagesMax: pagesMax)
        try Self.prepare(connection, mode: mode)
        let id = try connection.value(of: "SELECT value FROM meta WHERE key = 'journal_id'")
        let insertIntent = try Statement(Self.insertIntentSQL, on: connection)
        let insertEvent = try Statement(Self.insertEventSQL, on: connection)
        self.mode = mode
        self.id = id
        self.insertIntent = insertIntent
        self.insertEvent = insertEvent
        self.connection = connection
        owner = pthread_self()
    }

    /// Takes the file for itself and makes every setting that safety rests on, reading each back.
    private static func lock(_ connection: borrowing Connection, pagesMax: Int) throws(JournalError) {
        // In this order: WAL entered under the exclusive mode keeps its index in memory and the lock for good.
        let settings = [
            ("locking_mode", "EXCLUSIVE", "exclusive"), ("journal_mode", "WAL", "wal"), ("synchronous", "FULL", "2"),
            ("foreign_keys", "ON", "1"), ("trusted_schema", "OFF", "0"),
            ("max_page_count", "\(pagesMax)", "\(pagesMax)"),
        ]
        for (name, value, readBack) in settings {
            try connection.execute("PRAGMA \(name) = \(value)")
            guard try connection.value(of: "PRAGMA \(name)") == readBack else {
                throw JournalError(.setting, file: connection.file, subject: name)
            }
        }
        // The first write takes the lock; an empty transaction that holds it is a write.
        try connection.execute("BEGIN EXCLUSIVE; COMMIT")
    }

    private static func prepare(_ connection: borrowing Connection, mode: JournalMode) throws(JournalError) {
        let isEmpty = try connection.value(of: "SELECT count(*) FROM sqlite_schema") == "0"
        if isEmpty {
            try create(connection, mode: mode)
        }
        guard try connection.value(of: "PRAGMA application_id") == String(Schema.applicationID) else {
            throw JournalError(.notAJournal, file: connection.file)
        }
        let version = try connection.value(of: "PRAGMA user_version")
        guard version == String(Schema.version) else {
            throw JournalError(.newerSchema, file: connection.file, subject: version)
        }
        guard try connection.value(of: "PRAGMA quick_check(1)") == "ok" else {
            throw JournalError(.corrupt, file: connection.file)
        }
        let found = try connection.value(of: "SELECT value FROM meta WHERE key = 'mode'")
        guard found == mode.rawValue else { throw JournalError(.otherMode, file: connection.file, subject: found) }
    }

    /// All in one transaction: a journal exists whole or not at all.
    private static func create(_ connection: borrowing Connection, mode: JournalMode) throws(JournalError) {
        try connection.execute(
            """
            BEGIN; \(Schema.sql)
            INSERT INTO meta VALUES ('journal_id', lower(hex(randomblob(16)))), ('mode', '\(mode.rawValue)');
            PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(Schema.version);
            COMMIT
            """)
    }

    /// Runs the body as one durable transaction: all of it is on disk when this returns, or none of it.
    func transaction(_ body: () throws(JournalError) -> Void) throws(JournalError) {
        checkThread()
        try connection.execute("BEGIN IMMEDIATE")
        do {
            try body()
            try connection.execute("COMMIT")
        } catch {
            // SQLite rolls back by itself after some errors (full, device); what remains is ours to end.
            if connection.isInTransaction { try connection.execute("ROLLBACK") }
            throw error
        }
    }

    func checkThread() {
        precondition(
            pthread_equal(owner, pthread_self()) != 0, "Condition: a journal is used on the thread that opened it")
    }
}
