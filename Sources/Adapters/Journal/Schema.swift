/// The journal's tables, version 1. Frozen by a golden test: a change is a new version and a migration.
enum Schema {
    static let version: Int64 = 1

    /// "Bail" in ASCII: tells a journal from any other SQLite file.
    static let applicationID: Int64 = 0x4261_696c

    static let sql = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE intent (
            id TEXT PRIMARY KEY, opportunity TEXT NOT NULL, state INTEGER NOT NULL,
            acknowledged INTEGER NOT NULL DEFAULT 0, sends INTEGER NOT NULL DEFAULT 0,
            market TEXT NOT NULL, account TEXT NOT NULL, version INTEGER NOT NULL,
            debt TEXT NOT NULL, collateral TEXT NOT NULL, liquidator TEXT NOT NULL, ordinal INTEGER NOT NULL,
            repay TEXT NOT NULL, expected_profit TEXT NOT NULL, gas_cost TEXT NOT NULL, deadline INTEGER NOT NULL,
            path TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
            triggered_ns INTEGER NOT NULL, decided_ns INTEGER NOT NULL, ended_ns INTEGER,
            repaid TEXT, seized TEXT, cash TEXT, gas_paid TEXT, block INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX intent_unfinished ON intent (opportunity) WHERE state < 100;
        CREATE INDEX intent_opportunity ON intent (opportunity);
        CREATE TABLE attempt (
            intent TEXT NOT NULL, n INTEGER NOT NULL, began_ns INTEGER NOT NULL, ended_ns INTEGER NOT NULL,
            class TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX attempt_intent ON attempt (intent);
        CREATE TABLE refusal (reason TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
        CREATE TABLE refusal_event (
            market TEXT NOT NULL, account TEXT NOT NULL, reason TEXT NOT NULL, at_ns INTEGER NOT NULL,
            PRIMARY KEY (market, account, reason)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE crossing (
            market TEXT NOT NULL, account TEXT NOT NULL, first_ns INTEGER NOT NULL, last_ns INTEGER NOT NULL,
            PRIMARY KEY (market, account)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, intent TEXT NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL,
            cause TEXT NOT NULL, at_ns INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX event_intent ON event (intent);
        CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
        CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
        CREATE TRIGGER an_end_is_an_end BEFORE UPDATE ON intent WHEN OLD.state >= 100
            BEGIN SELECT RAISE(ABORT, 'terminal'); END;
        """
}
