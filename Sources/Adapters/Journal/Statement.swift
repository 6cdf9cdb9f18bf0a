internal import CSQLite

/// A value as SQLite stores it. Amounts of 128 bits go as decimal text: its integers have 64.
enum Value {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    static func unsigned(_ value: UInt64) -> Value { .integer(Int64(bitPattern: value)) }
    static func amount(_ value: UInt128) -> Value { .text(String(value)) }
    static func amount(_ value: Int128) -> Value { .text(String(value)) }
}

/// A compiled statement. Owns it: finalized when this value ends. Confined to the thread of its connection.
struct Statement: ~Copyable {
    private let handle: OpaquePointer
    private let file: String

    init(_ sql: String, on connection: borrowing Connection) throws(JournalError) {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v2(connection.handle, sql, -1, &handle, nil)
        guard code == SQLITE_OK, let handle else { throw Connection.error(code, file: connection.file) }
        self.handle = handle
        file = connection.file
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Binds, runs to the end, and is ready for the next run, whatever happened.
    func run(_ values: [Value], subject: String = "") throws(JournalError) {
        bind(values)
        defer { sqlite3_reset(handle) }
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            throw Connection.error(code, file: file, subject: subject)
        }
    }

    /// Takes the next row; `false` when there is none.
    func step() throws(JournalError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw Connection.error(code, file: file)
        }
    }

    func bind(_ values: [Value]) {
        precondition(
            Int(sqlite3_bind_parameter_count(handle)) == values.count, "Condition: every parameter has a value")
        for (offset, value) in values.enumerated() {
            let index = Int32(offset + 1)
            let code =
                switch value {
                case .integer(let number): sqlite3_bind_int64(handle, index, number)
                case .text(let text): csqlite_bind_text(handle, index, text, Int32(text.utf8.count))
                // An empty array may have no address, which would bind null.
                case .blob(let bytes):
                    bytes.isEmpty
                        ? sqlite3_bind_zeroblob(handle, index, 0)
                        : csqlite_bind_blob(handle, index, bytes, Int32(bytes.count))
                case .null: sqlite3_bind_null(handle, index)
                }
            precondition(code == SQLITE_OK, "Invariant: a value can be bound")
        }
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func blob(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// An amount that this program wrote as decimal text.
    func amount<Amount: FixedWidthInteger>(_ column: Int32, subject: String) throws(JournalError) -> Amount {
        guard let amount = Amount(text(column)) else { throw JournalError(.corrupt, file: file, subject: subject) }
        return amount
    }
}
