/// Cuts a stream of bytes into lines, however they arrive: one byte at a time, several lines at once.
///
/// A line that is longer than the bound is thrown away up to its end and reported as such, so memory stays bounded
/// whatever is sent.
struct LineBuffer {
    enum Piece: Equatable {
        case line([UInt8])
        case tooLong
    }

    let bytesMax: Int
    private var bytes: [UInt8] = []
    private var isSkipping = false

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Takes what was read; appends what has become whole. An empty line is nothing.
    mutating func append(_ read: ArraySlice<UInt8>, to pieces: inout [Piece]) {
        var rest = read
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            gather(rest[rest.startIndex..<end])
            if isSkipping {
                pieces.append(.tooLong)
            } else if !bytes.isEmpty {
                pieces.append(.line(bytes))
            }
            bytes.removeAll(keepingCapacity: true)
            isSkipping = false
            rest = rest[(end + 1)...]
        }
        gather(rest)
    }

    private mutating func gather(_ part: ArraySlice<UInt8>) {
        guard !isSkipping else { return }
        guard bytes.count + part.count <= bytesMax else {
            isSkipping = true
            bytes.removeAll(keepingCapacity: true)
            return
        }
        bytes.append(contentsOf: part)
    }
}
