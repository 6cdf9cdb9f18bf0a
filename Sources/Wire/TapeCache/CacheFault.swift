/// Why a cache cannot be read. Each is mended by compiling the tape again.
package struct CacheFault: Error, Equatable, Sendable {
    package enum Code: String, CaseIterable, Sendable {
        case notACache, otherVersion, truncated
        /// Made by another program, or for other rules or tags: it might have decoded differently.
        case otherDecoder
        case badRecord, badChecksum
    }

    package let code: Code
    package let found: String
    package let allowed: String

    package init(_ code: Code, found: String, allowed: String) {
        self.code = code
        self.found = found
        self.allowed = allowed
    }

    package var isRetriable: Bool { false }
}

extension CacheFault: CustomStringConvertible {
    package var description: String { "\(code.rawValue): found \(found); allowed: \(allowed)" }
}
