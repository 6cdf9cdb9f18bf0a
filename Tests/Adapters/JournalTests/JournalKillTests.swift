import Glibc
import Journal
import Testing

/// Death without warning: a child writes until it is killed, and notes each record that the journal has acknowledged.
@Suite struct JournalKillTests {
    @Test(arguments: [15, 40, 90])
    func `a process killed while writing loses no acknowledged record`(milliseconds: Int) async throws {
        let folder = Folder()
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, milliseconds = milliseconds as Int] in
            killThisProcess(after: milliseconds)
            let note = open("\(path)/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let journal = try Journal(file: "\(path)/j.sqlite", mode: .live)
            for number in 1...1_000_000 as ClosedRange<UInt64> {
                try journal.recordDecided([record(number)])
                write(note, ".", 1)
            }
        }
        var status = stat()
        let acknowledged = stat("\(path)/acknowledged", &status) == 0 ? Int(status.st_size) : 0
        let found = try Journal(file: folder.journal, mode: .live).unfinished().map(\.record)
        #expect(acknowledged > 0, "the child wrote before it died")
        // One more may have been committed and not noted.
        #expect(found.count == acknowledged || found.count == acknowledged + 1)
        #expect(found == (1...UInt64(max(found.count, 1))).map { record($0) })
    }
}

/// Kills this process from another thread: no cleaning up, no flushing. The lead gives a slow start its time.
private func killThisProcess(after milliseconds: Int) {
    let lead = 200
    var thread = pthread_t()
    let context = UnsafeMutableRawPointer(bitPattern: lead + milliseconds)
    pthread_create(
        &thread, nil,
        { wait in
            usleep(UInt32(UInt(bitPattern: wait)) * 1_000)
            kill(getpid(), SIGKILL)
            return nil
        }, context)
}
