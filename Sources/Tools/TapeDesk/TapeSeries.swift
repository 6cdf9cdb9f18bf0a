import Console
import MCAP
import Tape
import TapeContent
import Units

/// The files of one recording, one after another: the next begins where the one before ends, and not a message is lost between
/// them. One thread.
struct TapeSeries: ~Copyable {
    var file: TapeFile
    private(set) var paths: [String]
    private var bytesOfClosed: UInt64 = 0
    private var openedAt: Moment
    private let options: RecorderOptions

    /// - Parameters:
    ///   - now: by the clock that only rises.
    ///   - wall: the time of day, for names and manifests.
    init(_ options: RecorderOptions, at now: Moment, wall: Moment) throws(TapeError) {
        let file = try Self.open(options, part: 0, at: wall)
        self.options = options
        openedAt = now
        paths = [file.path]
        self.file = file
    }

    /// Bytes on file, of all files.
    var bytes: UInt64 { bytesOfClosed + file.bytesOnFile }

    /// Begins another file when one is as large or as old as it may be.
    mutating func rotateIfDue(at now: Moment, wall: Moment, _ words: () -> MCAPMetadata) throws(TapeError) {
        let isFull = options.rotateBytes.map { file.bytes >= $0 } ?? false
        let isOld = options.rotateEvery.map { now - openedAt > $0 } ?? false
        guard isFull || isOld else { return }
        let next = try Self.open(options, part: paths.count, at: wall)
        let full = exchange(&file, for: next)
        bytesOfClosed += try full.finish(words())
        paths.append(file.path)
        openedAt = now
    }

    /// Ends the last file whole. Returns the bytes of all.
    consuming func finish(_ words: MCAPMetadata) throws(TapeError) -> UInt64 {
        let before = bytesOfClosed
        return before + (try file.finish(words))
    }

    private static func open(_ options: RecorderOptions, part: Int, at moment: Moment) throws(TapeError) -> TapeFile {
        var manifest = options.manifest
        manifest.part = part
        manifest.startedAt = moment
        let path = options.folder + "/" + TapeNames.file(options.prefix, moment, part: part)
        var file = try TapeFile(creating: path, manifest)
        if let configuration = options.configuration {
            file.tape.write(ConfigurationEntry(at: moment, file: configuration.file, text: configuration.text))
        }
        return file
    }
}

private func exchange(_ file: inout TapeFile, for next: consuming TapeFile) -> TapeFile {
    let old = file
    file = next
    return old
}
