import MCAP
import Testing

/// Bytes by somebody who wishes us ill: every one of them ends in messages or in a fault, soon, and with little memory.
@Suite struct HostileTests {
    @Test(arguments: 1...40)
    func `changed bytes give messages or a fault`(seed: Int) {
        var random = Seeded(state: UInt64(seed))
        let (bytes, _) = Sample.file(
            messages: 40, chunkBytes: 300, codec: seed % 2 == 0 ? TurningCodec() : nil, seed: UInt64(seed))
        for _ in 0..<250 {
            var changed = bytes
            for _ in 0..<(1 + random.below(6)) {
                let place = random.below(changed.count)
                switch random.below(5) {
                case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: changed[place] ^= 1 << UInt8(random.below(8))
                case 2: changed.removeSubrange(place..<min(changed.count, place + random.below(20)))
                case 3: changed.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], at: place)
                default: changed.removeLast(random.below(changed.count / 2))
                }
                if changed.isEmpty { changed = [0] }
            }
            readEverything(changed, "seed \(seed)")
        }
    }

    /// Lengths that lie are the likeliest attack: every eight bytes of a small file become the largest numbers.
    @Test func `huge lengths anywhere are refused`() {
        let (bytes, _) = Sample.file(messages: 5)
        for place in 8..<(bytes.count - 8) {
            for value: [UInt8] in [[255, 255, 255, 255, 255, 255, 255, 255], [255, 255, 255, 127, 0, 0, 0, 0]] {
                var changed = bytes
                changed.replaceSubrange(place..<place + 8, with: value)
                readEverything(changed, "place \(place)")
            }
        }
    }

    /// Whatever is told must be messages of channels that are defined.
    private func readEverything(_ bytes: [UInt8], _ comment: String) {
        for ignoring in [false, true] {
            do {
                let file = try Sample.open(bytes, ignoringSummary: ignoring)
                for attachment in file.attachments { _ = try? file.data(of: attachment) }
                let told = try Sample.read(file)
                #expect(zip(told, told.dropFirst()).allSatisfy { $0.logTime <= $1.logTime }, "\(comment)")
            } catch let fault as MCAPFault {
                #expect(fault.code != .cannotRead, "\(comment)")
            } catch {
                Issue.record("\(comment): \(error)")
            }
        }
    }
}
