internal import Submission

/// A request's head as text in the journal: a line for each, `Name: value`.
enum HeaderText {
    static func encode(_ headers: [RequestHeader]) -> String {
        for header in headers {
            precondition(
                !header.name.utf8.contains(where: { [10, 13, 58].contains($0) }), "Condition: a header has a name")
            precondition(
                !header.value.utf8.contains(where: { [10, 13].contains($0) }), "Condition: a header is one line")
        }
        return headers.map { "\($0.name): \($0.value)\n" }.joined()
    }

    static func decode(_ text: String) -> [RequestHeader] {
        text.split(separator: "\n").map { line in
            let name = line.prefix { $0 != ":" }
            return RequestHeader(String(name), String(line.dropFirst(name.count + 2)))
        }
    }
}
