/// The page of two runs side by side.
enum PaperPageComparison {
    static let text = #"""
        const KINDS = { count: "count", money: "money", wei: "wei", microseconds: "duration" };

        function rows(pair, path, key, title) {
          return table([title, "first", "second", "difference"], pair[key].map((row, index) => [row.name,
            ...["first", "second", "difference"].map((side) => fig(`${path}.${key}.${index}.${side}`, KINDS[row.kind],
              pair.cashDecimals))]));
        }

        // Both series from the earlier beginning on: nothing was earned before the first ending.
        function overlay(pair) {
          const set = (label, series) => ({ label, stepped: true, data: series.map((point) =>
            ({ x: point.nanoseconds / 1e6, y: tokens(point.profit, pair.cashDecimals) })) });
          return lines(`profit, ${pair.tape}`, [set("first", pair.firstSeries), set("second", pair.secondSeries)],
            `profit, ${pair.cash}`);
        }

        function classes(pair, ending, read, title) {
          const found = pair.classes.filter((row) => row.name.endsWith(ending));
          return bars(`${title}, ${pair.tape}`, found.map((row) => row.name.slice(0, -ending.length)),
            ["first", "second"].map((side) => ({ label: side, data: found.map((row) => read(row[side])) })), title);
        }

        function pair(found, index) {
          const path = `pairs.${index}`;
          return section(0, found.tape,
            el("p", {}, found.isSameDecisions ? "Both decided the same." : "They decided differently."),
            rows(found, path, "rows", "figure"), el("h4", {}, "Profit over time"), overlay(found),
            el("h4", {}, "Class by class"), rows(found, path, "classes", "class"),
            classes(found, ", count", Number, "opportunities"),
            classes(found, ", net", (units) => tokens(units, found.cashDecimals), `net, ${found.cash}`));
        }

        finish([el("p", {}, "First: ", fig("first", "text"), el("br"), "Second: ", fig("second", "text"), el("br"),
          S.isSameStrategy ? "With the same strategy." : "With different strategies.",
          " A difference is the second less the first."),
          ...S.pairs.map(pair),
          ...["onlyFirst", "onlySecond"].filter((key) => S[key].length > 0).map((key) =>
            section(0, key === "onlyFirst" ? "Only in the first" : "Only in the second", S[key].map((name) =>
              el("p", {}, name))))]);

        """#
}
