import FeedProtocol
import Testing

@Suite struct NameTableTests {
    private func intern(_ name: String, into table: inout NameTable, scope: Int = 0) -> Int? {
        Array(name.utf8).withUnsafeBytes { table.intern($0, scope: scope) }
    }

    private func find(_ name: String, in table: NameTable, scope: Int = 0) -> Int? {
        Array(name.utf8).withUnsafeBytes { table.find($0, scope: scope) }
    }

    @Test func `ten thousand names get indices in order of first mention and are found again`() {
        var table = NameTable(namesMax: 20_000, seed: 1)
        for round in 0..<2 {
            for number in 0..<10_000 {
                let index = intern("0x\(number)", into: &table)
                #expect(index == number, "round \(round)")
            }
        }
        #expect(table.count == 10_000)
        #expect(table.name(at: 4_711) == "0x4711")
        #expect(find("0x10000", in: table) == nil)
    }

    @Test func `the same bytes in another scope are another name`() {
        var table = NameTable(namesMax: 8, seed: 2)
        let index1 = intern("WETH", into: &table, scope: 0)
        #expect(index1 == 0)
        let index2 = intern("WETH", into: &table, scope: 1)
        #expect(index2 == 1)
        #expect(find("WETH", in: table, scope: 1) == 1)
        #expect(table.scope(at: 1) == 1)
    }

    @Test func `a full table refuses new names and keeps the known ones`() {
        var table = NameTable(namesMax: 2, seed: 3)
        _ = intern("a", into: &table)
        _ = intern("b", into: &table)
        let index3 = intern("c", into: &table)
        #expect(index3 == nil)
        let index4 = intern("b", into: &table)
        #expect(index4 == 1)
    }

    @Test func `names that differ in one byte at any place are distinct`() {
        var table = NameTable(namesMax: 100, seed: 4)
        for place in 0..<64 {
            var name = [UInt8](repeating: 0x61, count: 64)
            name[place] = 0x62
            let index = name.withUnsafeBytes { table.intern($0) }
            #expect(index == place)
        }
    }

    @Test func `indices do not depend on the seed of the hash`() {
        var one = NameTable(namesMax: 1_000, seed: 5)
        var other = NameTable(namesMax: 1_000, seed: 6)
        for number in 0..<500 {
            let mine = intern("n\(number % 77)", into: &one)
            let others = intern("n\(number % 77)", into: &other)
            #expect(mine == others)
        }
    }

    @Test func `a name past 64 bytes is the caller's fault`() async {
        await #expect(processExitsWith: .failure) {
            var table = NameTable(namesMax: 1)
            _ = [UInt8](repeating: 0x61, count: 65).withUnsafeBytes { table.intern($0) }
        }
    }
}
