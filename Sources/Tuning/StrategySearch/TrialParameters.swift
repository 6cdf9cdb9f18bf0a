public import Strategy

/// Parameters by name on top of others, as a trial is asked for.
extension StrategyParameters {
    /// What a name or a value is not, for whoever asked.
    public struct TrialFault: Error, Equatable {
        public let name: String
        public let found: String
        public let allowed: String

        public init(name: String, found: String, allowed: String) {
            (self.name, self.found, self.allowed) = (name, found, allowed)
        }
    }

    /// Unknown names and values outside of their ranges are refused, and so is what contradicts itself.
    public func changed(by values: [(name: String, value: Int64)]) throws(TrialFault) -> StrategyParameters {
        var changed = self
        for (name, value) in values {
            guard let row = Self.table.first(where: { $0.name == name }) else {
                throw TrialFault(
                    name: name, found: "no such parameter", allowed: "those of `bailiff config --strategy`")
            }
            guard row.range.contains(value) else {
                throw TrialFault(name: name, found: "\(value)", allowed: row.allowed)
            }
            row.write(&changed, value)
        }
        if let conflict = changed.conflict {
            throw TrialFault(name: conflict.name, found: conflict.found, allowed: conflict.allowed)
        }
        return changed
    }
}
