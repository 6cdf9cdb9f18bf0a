// A door to SQLite, no decisions.
#pragma once
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift cannot import: SQLite copies the bytes.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
    return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

// Composed macros that Swift cannot import.
enum {
    csqlite_constraint_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY,
    csqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE,
    csqlite_constraint_trigger = SQLITE_CONSTRAINT_TRIGGER
};
