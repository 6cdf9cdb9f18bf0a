import Console
import Foundation

extension PaperPage {
    /// The page of a study: like those of paper trading, everything on it is drawn from the summary that it holds.
    init(study summary: String) {
        self.init("Tuning study", summary, [TunePageCharts.text, TunePageScript.text])
    }
}

/// `report.html` in the folder of a study, beside `tune.json`, and of the same figures.
///
/// A study can be long, so that a page that cannot be drawn is no reason to refuse one: it is said, before the first trial, and the
/// same command makes the page later, as all trials are known by then.
struct TunePageFile {
    private let path: String
    /// `nil` where there is no chart library to be read.
    private let charts: ChartLibrary?

    init(_ arguments: Arguments, folder: String) {
        path = "\(folder)/report.html"
        do {
            charts = try ChartLibrary(arguments)
        } catch {
            charts = nil
            let library = arguments.value("charts") ?? ChartLibrary.installed
            let text =
                "tune: \(path) is left out: \(library): Chart.js cannot be read there; install the package libjs-chart.js, or "
                + "name its file with --charts, and run the same command again\n"
            StandardStreams.note(text)
        }
    }

    func write(_ summary: TuneSummary) throws {
        guard let charts else { return try removeOld() }
        let page = PaperPage(study: try JSONText.encode(summary)).html(charts)
        try Data(page.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// A page of earlier figures would contradict the new `tune.json`.
    private func removeOld() throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }
}
