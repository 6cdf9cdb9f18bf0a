import Console
import Tape

/// `bailiff paper --compare A.json --compare B.json`: two earlier runs side by side.
struct PaperCompareCommand {
    private let comparison: PaperComparison
    private let out: String?
    private let page: PaperPageFile?
    private let wantsJSON: Bool

    init(_ arguments: Arguments) throws {
        let files = arguments.values("compare")
        let foreign = ["tape", "strategy", "config", "preset", "rivals", "seed", "from", "to"]
            .first { arguments.value($0) != nil }
        guard files.count == 2, foreign == nil, !arguments.has("cascade") else {
            throw UsageError.badValue(
                option: "compare", found: files.joined(separator: ", "),
                allowed: "two files, --compare A.json --compare B.json, and none of the options that play a tape")
        }
        out = try NewFile.path("out", arguments)
        page = try PaperPageFile(arguments)
        comparison = try PaperComparison(files[0], files[1])
        wantsJSON = arguments.wantsJSON
    }

    func perform() throws {
        let text = try JSONText.encode(comparison)
        if let out { try FileSink(creating: out).write((text + "\n").utf8Span.span.bytes) }
        try page?.write(PaperPage(comparison: text))
        try StandardStreams.line(wantsJSON ? text : comparison.text)
    }
}
