import CTOML

/// The values of a TOML text, flat, each with its place.
///
/// The parser's memory is given back before `init` returns.
struct TOMLDocument {
    enum Value: Equatable {
        case table
        case array(count: Int)
        case string(String)
        case integer(Int64)
        case float(String)
        case boolean(Bool)
        case date(String)
    }

    struct Entry {
        let path: String
        let value: Value
        let place: SourcePlace
    }

    /// In order of place.
    let entries: [Entry]

    init(_ text: String) throws(TOMLError) {
        var text = text
        let parsed = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { ctoml_parse($0.baseAddress, $0.count) }
        }
        guard let document = parsed else { preconditionFailure("Condition: there is memory for a document") }
        defer { ctoml_destroy(document) }
        var (line, column) = (0 as UInt32, 0 as UInt32)
        if let reason = ctoml_error(document, &line, &column) {
            throw TOMLError(reason: String(cString: reason), place: SourcePlace(line: Int(line), column: Int(column)))
        }
        entries = (0..<ctoml_count(document)).map { TOMLDocument.entry(ctoml_get(document, $0)) }
            .sorted { $0.place < $1.place }
    }

    private static func entry(_ entry: ctoml_entry) -> Entry {
        let bytes = UnsafeRawBufferPointer(start: entry.text, count: entry.text_length)
        let text = String(decoding: bytes, as: UTF8.self)
        let value: Value =
            switch entry.kind {
            case CTOML_TABLE.rawValue: .table
            case CTOML_ARRAY.rawValue: .array(count: Int(entry.integer))
            case CTOML_STRING.rawValue: .string(text)
            case CTOML_INTEGER.rawValue: .integer(entry.integer)
            case CTOML_FLOAT.rawValue: .float(text)
            case CTOML_BOOLEAN.rawValue: .boolean(entry.integer == 1)
            default: .date(text)
            }
        let place = SourcePlace(line: Int(entry.line), column: Int(entry.column))
        return Entry(path: String(cString: entry.path), value: value, place: place)
    }
}

/// The text is not TOML.
struct TOMLError: Error {
    let reason: String
    let place: SourcePlace
}

extension TOMLDocument.Value {
    /// As it is shown in a message.
    var found: String {
        switch self {
        case .table: "a table"
        case .array(let count): "an array of \(count)"
        case .string(let text): "\"\(text)\""
        case .integer(let value): "\(value)"
        case .float(let text): text
        case .boolean(let flag): "\(flag)"
        case .date(let text): "the date \(text)"
        }
    }
}
