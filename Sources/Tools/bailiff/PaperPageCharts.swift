/// The charts of the report of one run.
enum PaperPageCharts {
    static let text = #"""
        const each = (tape, read) => tape.presets.map((preset) => ({ label: preset.preset, ...read(preset) }));
        const unit = (tape) => tape.presets[0].cash;

        function waterfall(tape, path) {
          const names = [...tape.presets[0].opportunities.classes.map((row) => row.name), "still open", "profit"];
          const sets = each(tape, (preset) => {
            let level = 0;
            const steps = [...preset.opportunities.classes.map((row) => row.net), preset.opportunities.openNet];
            const data = steps.map((net) => [level, level += tokens(net, preset.cashDecimals)]);
            return { data: [...data, [0, tokens(preset.money.profit, preset.cashDecimals)]] };
          });
          return section(2, "Where the profit comes from", pick(tape, path, [["cash", "money.cash", "money"],
            ["gas", "money.gas", "money"], ["profit", "money.profit", "money"]]),
            el("p", {}, "Step by step, what our bids on the accounts of each class brought or cost, gas deducted:"),
            bars("profit by class", names, sets, unit(tape)),
            none("Bonus, slippage and tips are not kept apart in the summary."));
        }

        function cumulative(tape) {
          const begun = (preset) => ({ x: preset.firstNanoseconds / 1e6, y: 0 });
          const points = (preset, read) => [begun(preset), ...preset.series.map((point) =>
            ({ x: point.nanoseconds / 1e6, y: read(point, preset.cashDecimals) }))];
          const falls = (preset) => {
            let most = 0;
            return points(preset, (point, d) => {
              const profit = tokens(point.profit, d);
              most = Math.max(most, profit);
              return profit - most;
            });
          };
          return section(3, "Profit and drawdown over time",
            lines("cumulative profit", each(tape, (preset) => ({ data: points(preset, (point, d) =>
              tokens(point.profit, d)), stepped: true })), `profit, ${unit(tape)}`),
            lines("drawdown", each(tape, (preset) => ({ data: falls(preset), stepped: true })),
              `below the most before, ${unit(tape)}`), none("Prices are not in the summary."));
        }

        function funnel(tape, path) {
          const steps = [["accounts", "feed.accounts", (p) => p.feed.accounts],
            ["crossings at the venue", "world.crossings", (p) => p.world.crossings],
            ["opportunities", "opportunities.opened", (p) => p.opportunities.opened],
            ["bids", "bids.intents", (p) => p.bids.intents],
            ["settled", "world.ours.settled", (p) => p.world.ours.settled],
            ["won", "capture.won", (p) => p.capture.won]];
          return section(4, "From accounts to wins", pick(tape, path, steps.map(([name, key]) => [name, key, "count"])),
            bars("funnel", steps.slice(1).map(([name]) => name), each(tape, (preset) =>
              ({ data: steps.slice(1).map(([, , read]) => read(preset)) })), "count"));
        }

        function lossChart(tape) {
          const names = tape.presets[0].opportunities.classes.map((row) => row.name);
          return bars("opportunities by class", names, each(tape, (preset) =>
            ({ data: preset.opportunities.classes.map((row) => row.count) })), "count");
        }

        function endingsChart(tape) {
          const kinds = ["settled", "settled_in_part", "outbid", "late", "reverted", "expired"];
          const sets = tape.presets.flatMap((preset) => [["ours", preset.world.ours], ["theirs", preset.world.others]].map(
            ([whose, found]) => ({ label: `${preset.preset}, ${whose}`, data: kinds.map((kind) => found[kind] || 0) })));
          return bars("endings", kinds, sets, "orders");
        }

        function calibration(tape) {
          const sets = each(tape, (preset) => ({ data: preset.accounts.filter((row) => row.class === "won").map((row) =>
            ({ x: tokens(row.worth, preset.cashDecimals), y: tokens(row.net, preset.cashDecimals) })) }));
          return section(7, "What was expected, and what came", sets.every((set) => set.data.length === 0) ?
            none("No data: nothing was won.") : [el("p", {}, "Each won account: what it seemed worth, and what it brought."),
              chart("expected and realised", { type: "scatter", data: { datasets: sets }, options: { scales: {
                x: axis(`seemed worth, ${unit(tape)}`), y: axis(`brought, ${unit(tape)}`) } } })],
            none("Chances of winning are not in the summary, so there is no reliability curve here."));
        }

        function latency(tape, path) {
          const stages = [["news to venue", "arrivalMicroseconds"], ["news to block", "inclusionMicroseconds"]];
          const shares = ["p50", "p90", "p99", "most"];
          const rows = stages.flatMap(([name, key]) => shares.map((share) =>
            [`${name}, ${share}`, `latency.${key}.${share}`, "duration"]));
          const labels = stages.flatMap(([name]) => shares.map((share) => `${name}, ${share}`));
          return section(8, "Latency", pick(tape, path, rows), bars("latency", labels, each(tape, (preset) =>
            ({ data: stages.flatMap(([, key]) => shares.map((share) => preset.latency[key][share] / 1e6)) })), "seconds",
            { scales: { x: {}, y: axis("seconds, logarithmic", { type: "logarithmic" }) } }),
            none("What other latencies would bring is not in the summary: play the tape again with another preset."));
        }

        function gasChart(tape) {
          return lines("gas paid", each(tape, (preset) => ({ stepped: true, data: [
            { x: preset.firstNanoseconds / 1e6, y: 0 }, ...preset.series.map((point) =>
              ({ x: point.nanoseconds / 1e6, y: tokens(point.gasWei, 18) }))] })), "paid by us so far, ether");
        }

        // Opportunities by the hour they ended in: won, and all others.
        function hours(tape) {
          return tape.presets.filter((preset) => preset.accounts.length > 0).map((preset) => {
            const hour = (row) => Math.floor(row.closedNanoseconds / 3.6e12);
            const found = [...new Set(preset.accounts.map(hour))].sort((a, b) => a - b);
            const classes = preset.opportunities.classes.map((row) => row.name);
            const sets = classes.map((name) => ({ label: name, data: found.map((value) =>
              preset.accounts.filter((row) => row.class === name && hour(row) === value).length) }));
            return [el("h4", {}, `By the hour of their end, ${preset.preset}` + (preset.accountsDropped === 0 ? "" :
              `; ${preset.accountsDropped} of the smallest are missing`)),
              bars(`hours, ${preset.preset}`, found.map((value) => clock(value * 3.6e6)), sets, "accounts",
                { scales: { x: { stacked: true }, y: { stacked: true, title: { display: true, text: "accounts" } } } })];
          });
        }

        """#
}
