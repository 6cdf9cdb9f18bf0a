import Console
import Foundation
import Tape

/// A page that shows a summary: one file that needs nothing else and asks nothing of any network.
///
/// The summary stands in the page as it is printed by `--json`, and all that is shown is drawn from there, so that page and JSON
/// cannot tell different figures. The same summary is the same page, to the byte, with the same chart library.
struct PaperPage {
    private let title: String
    /// JSON.
    private let summary: String
    private let scripts: [String]

    /// The report of a run.
    init(report summary: String) {
        self.init("Paper trading", summary, [PaperPageCharts.text, PaperPageScript.text])
    }

    /// Two runs side by side.
    init(comparison summary: String) {
        self.init("Two paper runs compared", summary, [PaperPageComparison.text])
    }

    init(_ title: String, _ summary: String, _ scripts: [String]) {
        self.title = title
        self.summary = summary
        self.scripts = [PaperPageTools.script] + scripts
    }

    func html(_ charts: ChartLibrary) -> String {
        // Within JSON a less-than sign only occurs in text, where it may be written so; nothing can end the element early.
        let embedded = summary.replacing("<", with: "\\u003c")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <title>Bailiff: \(title)</title>
            <style>
            \(PaperPageStyle.text)</style>
            </head>
            <body>
            <h1>\(title)</h1>
            <noscript>The figures are in this file as JSON; showing them needs JavaScript.</noscript>
            <main id="report"></main>
            <script type="application/json" id="summary">\(embedded)</script>
            <script>
            \(charts.text)
            </script>
            <script>
            \(scripts.joined())</script>
            </body>
            </html>

            """
    }
}

/// Chart.js as the system has it: read when a page is made, and put into the page.
struct ChartLibrary {
    static let installed = "/usr/share/javascript/chart.js/chart.min.js"
    static let bytesMax = 4 << 20

    let text: String

    init(_ arguments: Arguments) throws {
        let path = arguments.value("charts") ?? Self.installed
        let refused = CommandFailure(
            code: .unavailable,
            message:
                "\(path): Chart.js cannot be read there, and --html draws with it; install the package libjs-chart.js, "
                + "or name its file with --charts")
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch { throw refused }
        guard data.count <= Self.bytesMax, let text = String(data: data, encoding: .utf8), text.contains("Chart") else {
            throw refused
        }
        // Within a script this can only stand in text or in a pattern, and both mean the same with the mark.
        self.text = text.replacing("</script", with: "<\\/script")
    }
}

/// Where `--html` wants a page: looked at before a tape is played, written after.
struct PaperPageFile {
    private let path: String
    private let charts: ChartLibrary

    /// `nil` when no page is asked for.
    init?(_ arguments: Arguments) throws {
        guard let path = try NewFile.path("html", arguments) else { return nil }
        self.path = path
        charts = try ChartLibrary(arguments)
    }

    func write(_ page: PaperPage) throws { try FileSink(creating: path).write(page.html(charts).utf8Span.span.bytes) }
}

/// A file that an option names and that must not be there yet.
enum NewFile {
    static func path(_ option: String, _ arguments: Arguments) throws -> String? {
        guard let path = arguments.value(option) else { return nil }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(code: .unavailable, message: "\(path): is there already; allowed: a new file")
        }
        return path
    }
}
