import Configuration
import Glibc
import Testing

@Suite struct SecretTests {
    /// Lends a file of the given content and permissions, and removes it.
    private func withFile(_ content: String, mode: mode_t, _ use: (String) throws -> Void) throws {
        var template = Array("/tmp/secret-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        #expect(write(descriptor, content, content.utf8.count) == content.utf8.count)
        #expect(fchmod(descriptor, mode) == 0)
        close(descriptor)
        try use(path)
    }

    private func bytes(_ secret: Secret) -> [UInt8] {
        secret.withBytes { span in span.withUnsafeBytes { Array($0) } }
    }

    @Test(arguments: [("s3cret", "s3cret"), ("s3cret\n", "s3cret"), ("s3cret\n\n", "s3cret\n"), (" s ", " s ")])
    func `a file that only its owner reads gives its bytes without one final newline`(content: String, expected: String)
        throws
    {
        try withFile(content, mode: 0o600) { path in
            let secret = try Secret(from: .file(path))
            #expect(bytes(secret) == Array(expected.utf8))
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o601, 0o777])
    func `a file that others may touch is refused`(mode: Int) throws {
        try withFile("s3cret", mode: mode_t(mode)) { path in
            let error = #expect(throws: SecretError.self) { try Secret(from: .file(path)) }
            #expect(error?.reason == .openToOthers(mode: UInt32(mode)))
            #expect(error?.subject == path)
        }
    }

    @Test(arguments: ["", "\n"])
    func `an empty secret is refused`(content: String) throws {
        try withFile(content, mode: 0o600) { path in
            let error = #expect(throws: SecretError.self) { try Secret(from: .file(path)) }
            #expect(error?.reason == .empty)
        }
    }

    @Test func `4,096 bytes are a secret and one more is too long`() throws {
        try withFile(String(repeating: "x", count: 4_096), mode: 0o600) { path in
            let secret = try Secret(from: .file(path))
            #expect(bytes(secret).count == 4_096)
        }
        try withFile(String(repeating: "x", count: 4_097), mode: 0o600) { path in
            let error = #expect(throws: SecretError.self) { try Secret(from: .file(path)) }
            #expect(error?.reason == .tooLong)
        }
    }

    @Test func `a directory, a missing file and a missing variable are named`() {
        let directory = #expect(throws: SecretError.self) { try Secret(from: .file("/tmp")) }
        #expect(directory?.reason == .notAFile)
        let file = #expect(throws: SecretError.self) { try Secret(from: .file("/nonexistent/secret")) }
        #expect(file?.reason == .missing)
        #expect(file?.subject == "/nonexistent/secret")
        let variable = #expect(throws: SecretError.self) { try Secret(from: .environment("BAILIFF_TEST_UNSET")) }
        #expect(variable?.reason == .missing)
    }

    @Test func `a secret is never shown`() throws {
        let canary = "canary-7391"
        let secret = try Secret(Array(canary.utf8), subject: "test")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("canary"))
            #expect(text.contains("secret"))
        }
        let other = try Secret(Array("canary-7392".utf8), subject: "test")
        #expect(secret.description != other.description)
    }
}
