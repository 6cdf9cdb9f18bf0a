import Domain
import Liquidity
import Units

/// What is streamed of venues, by asset, and what is made of it: the table that bids are simulated with.
///
/// The table is changed when something is stated, and where an asset is kept before a bid on it; a price changes nothing here.
struct DepthBook {
    private(set) var table = DepthTable()
    private var assets: ContiguousArray<Asset> = []
    private var pending: DepthUpdate?
    private var rows: ContiguousArray<DepthRow> = []

    private struct Asset {
        var use: AssetUse?
        var venues: ContiguousArray<Stated> = []
        /// Held by what was seized, and in bids that are open.
        var held: TokenAmount = 0
        var open: TokenAmount = 0
        var inventory: Inventory?
    }

    private struct Stated {
        var venue: TradingVenueIndex
        var depth: Depth
        var stream: StreamIndex
        var generation: UInt8
    }

    /// A statement's head. Returns it when it has no rows, and is whole.
    mutating func begin(_ update: DepthUpdate) -> DepthUpdate? {
        rows.removeAll(keepingCapacity: true)
        pending = update.rows == 0 ? nil : update
        return update.rows == 0 ? update : nil
    }

    /// A row of it. Returns the head with the last one.
    mutating func add(_ row: DepthRow) -> DepthUpdate? {
        guard let update = pending else { return nil }
        rows.append(row)
        guard rows.count == Int(update.rows) else { return nil }
        pending = nil
        return update
    }

    var isExpectingRows: Bool { pending != nil }

    /// Takes up a whole statement. Returns whether it could be used.
    mutating func apply(
        _ update: DepthUpdate, assetUnit: UInt128, from stream: StreamIndex, generation: UInt8, _ otherwise: AssetUse
    ) -> Bool {
        let position = include(update.asset)
        let known = assets[position].venues.firstIndex { $0.venue == update.venue }
        guard update.form != .none else {
            if let known { assets[position].venues.remove(at: known) }
            rebuild(update.asset, otherwise)
            return true
        }
        guard let depth = Depth(update.form, rows, assetUnit: assetUnit) else { return false }
        let stated = Stated(venue: update.venue, depth: depth, stream: stream, generation: generation)
        if let known {
            assets[position].venues[known] = stated
        } else {
            guard assets[position].venues.count < SplitSale.venuesMax else { return false }
            assets[position].venues.append(stated)
        }
        rebuild(update.asset, otherwise)
        return true
    }

    /// A snapshot has ended: what its stream did not state again is there no more.
    mutating func removeUnmentioned(in stream: StreamIndex, _ generation: UInt8, _ otherwise: AssetUse) {
        for position in assets.indices {
            let before = assets[position].venues.count
            guard before > 0 else { continue }
            assets[position].venues.removeAll { $0.stream == stream && $0.generation != generation }
            if assets[position].venues.count != before { rebuild(ReserveIndex(position), otherwise) }
        }
    }

    /// The market counts in another asset now: nothing that was stated against the old one holds.
    mutating func forget(_ reserve: ReserveIndex, _ otherwise: AssetUse) {
        guard reserve.position < assets.count, !assets[reserve.position].venues.isEmpty else { return }
        assets[reserve.position].venues.removeAll()
        rebuild(reserve, otherwise)
    }

    mutating func set(_ use: AssetUse, of reserve: ReserveIndex, _ otherwise: AssetUse) {
        let position = include(reserve)
        guard assets[position].use != use else { return }
        assets[position].use = use
        if case .keep(let keeping) = use { assets[position].held = keeping.held }
        rebuild(reserve, otherwise)
    }

    private mutating func include(_ reserve: ReserveIndex) -> Int {
        while assets.count <= reserve.position { assets.append(Asset()) }
        return reserve.position
    }

    private mutating func rebuild(_ reserve: ReserveIndex, _ otherwise: AssetUse) {
        let asset = assets[reserve.position]
        let use = asset.use ?? otherwise
        // An asset that is kept is still bought where others are.
        let buys = use == .depth || (isKept(reserve) && otherwise == .depth)
        let streamed = buys && !asset.venues.isEmpty ? AssetDepth(asset.venues.map(\.depth)) : nil
        let sale = asset.inventory.map { AssetDepth.one(.inventory($0)) } ?? (use == .depth ? streamed : nil)
        table.set(reserve, sale: sale, purchase: streamed)
    }
}

// What is kept.
extension DepthBook {
    func isKept(_ reserve: ReserveIndex) -> Bool { keeping(reserve) != nil }

    /// How much more of a kept asset may be taken.
    func room(of reserve: ReserveIndex) -> TokenAmount {
        guard let keeping = keeping(reserve) else { return 0 }
        let taken = assets[reserve.position].held + assets[reserve.position].open
        return keeping.heldMax - min(keeping.heldMax, taken)
    }

    func held(of reserve: ReserveIndex) -> TokenAmount {
        reserve.position < assets.count ? assets[reserve.position].held : 0
    }

    private func keeping(_ reserve: ReserveIndex) -> AssetUse.Keeping? {
        guard reserve.position < assets.count, case .keep(let keeping) = assets[reserve.position].use else {
            return nil
        }
        return keeping
    }

    /// Brings what keeping is worth up to the prices and the room of now, where they have changed.
    mutating func refresh(_ reserve: ReserveIndex, cash: ReserveIndex, in reserves: ReserveTable, _ otherwise: AssetUse)
    {
        guard let keeping = keeping(reserve), reserve != cash else { return }
        let fresh = inventory(of: reserve, keeping, cash, reserves)
        guard fresh != assets[reserve.position].inventory else { return }
        assets[reserve.position].inventory = fresh
        rebuild(reserve, otherwise)
    }

    private func inventory(
        of reserve: ReserveIndex, _ keeping: AssetUse.Keeping, _ cash: ReserveIndex, _ reserves: ReserveTable
    ) -> Inventory? {
        guard let asset = reserves.price(of: reserve), let unit = reserves.unit(of: reserve),
            let cashPrice = reserves.price(of: cash), cashPrice.baseUnits > 0, let cashUnit = reserves.unit(of: cash)
        else { return nil }
        return Inventory(
            assetPrice: asset, assetUnit: unit, cashPrice: cashPrice, cashUnit: cashUnit, haircut: keeping.haircut,
            room: room(of: reserve), stock: 0)
    }

    /// A bid will bring so much of a kept asset.
    mutating func hold(_ amount: TokenAmount, of reserve: ReserveIndex) {
        guard isKept(reserve) else { return }
        assets[reserve.position].open += amount
    }

    /// A bid has ended: what it held is free, and what it brought is kept.
    mutating func release(_ amount: TokenAmount, brought: TokenAmount, of reserve: ReserveIndex) {
        guard isKept(reserve) else { return }
        assets[reserve.position].open -= min(amount, assets[reserve.position].open)
        // What a venue says it has seized has no bound of ours.
        let (sum, overflow) = assets[reserve.position].held.addingReportingOverflow(brought)
        assets[reserve.position].held = overflow ? .max >> 1 : min(sum, .max >> 1)
    }

    /// What so much of a kept asset counts for now, in cash; `nil` while it is not kept or has no price.
    func worth(of amount: TokenAmount, _ reserve: ReserveIndex, cash: ReserveIndex, in reserves: ReserveTable)
        -> TokenAmount?
    {
        guard let keeping = keeping(reserve), var counted = inventory(of: reserve, keeping, cash, reserves) else {
            return nil
        }
        counted.room = amount
        return counted.proceeds(ofSelling: amount)
    }
}
