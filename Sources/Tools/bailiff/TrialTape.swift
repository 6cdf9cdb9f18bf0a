import Paper
import Replay
import Strategy
import Tape
import TapeCache
import Units

/// A compiled tape, mapped for as long as trials run on it: all processes that map it share its memory.
final class TrialTape {
    let name: String
    let header: CacheHeader
    private let mapping: MappedFile
    private let window: PaperWindows
    private let memory = TapeMemory()
    private let end: Moment

    /// - Parameters:
    ///   - windows: stretches that are scored apart.
    ///   - decoder: of this program and its settings; a tape compiled by another is refused.
    init(_ slice: TapeSlice, windows: Int, decoder: String) throws {
        let path = slice.path
        guard try Tapes.isCache(path) else {
            throw CacheFault(
                .notACache, found: "\(path) is no compiled tape", allowed: "a file of `bailiff tape compile`")
        }
        mapping = try MappedFile(path)
        header = try mapping.withBytes { try CacheHeader(reading: $0) }
        guard header.decoder == decoder else {
            throw CacheFault(
                .otherDecoder, found: "\(path) was made by another program, or for other tags",
                allowed: "one that this program made: run `bailiff tape compile` again")
        }
        let header = header
        let ends = mapping.withBytes { file in
            (
                header.records > 0 ? CacheHeader.record(0, in: file)?.at : nil,
                header.records > 0 ? CacheHeader.record(Int(header.records) - 1, in: file)?.at : nil
            )
        }
        guard let first = ends.0, let last = ends.1, first <= last else {
            throw CacheFault(.badRecord, found: "\(path) has no record", allowed: "a tape with frames")
        }
        let start = max(first, Moment(nanoseconds: Int64(clamping: slice.range.lowerBound)))
        end = min(last, Moment(nanoseconds: Int64(clamping: slice.range.upperBound)))
        guard start <= end else {
            throw CacheFault(.badRecord, found: "\(slice.name) lies beside the tape", allowed: "a stretch of it")
        }
        window = PaperWindows(windows, from: start, to: end)
        name = slice.name
    }

    var silenceMax: Interval? {
        header.silenceMax == 0 ? nil : Interval(nanoseconds: Int64(clamping: header.silenceMax))
    }

    /// Plays it once.
    func score(_ settings: ReplaySettings, _ preset: PaperPreset, seed: UInt64) throws -> PaperScore {
        var settings = settings
        settings.silenceMax = silenceMax
        let run = PaperRun(settings, preset, seed: seed, tape: header.tape)
        return try mapping.withBytes { try run.score(header, in: $0, windows: window, until: end, memory: memory) }
    }
}
