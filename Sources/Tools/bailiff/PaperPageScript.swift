/// The sections of the report of one run, in the order of `docs/paper.md`. Its charts are in `PaperPageCharts`.
enum PaperPageScript {
    static let text = #"""
        const side = (tape, rows) => table(["", ...tape.presets.map((preset) => preset.preset)],
          rows.map(([name, cell]) => [name, ...tape.presets.map((preset, index) => cell(preset, index))]));

        // The deepest fall of the equity from what was the most before, over the points that the summary has.
        function drawdown(preset) {
          let most = 0n, worst = 0n;
          for (const point of preset.series) {
            const profit = BigInt(point.profit);
            if (profit > most) most = profit;
            if (most - profit > worst) worst = most - profit;
          }
          return worst;
        }

        function verdict(tape, path) {
          return section(1, "Verdict", el("div", { class: "strip" }, tape.presets.map((preset, index) => {
            const p = `${path}.presets.${index}`, d = preset.cashDecimals, fall = drawdown(preset);
            return el("div", { class: "card" }, el("h4", {}, preset.preset),
              el("div", { class: "big" }, fig(`${p}.money.profit`, "money", d), " ", preset.cash),
              el("p", {}, "captured ", fig(`${p}.capture.won`, "count"), " of ", fig(`${p}.capture.of`, "count"), ", ",
                fig(`${p}.capture.ratio`, "share"), " (95 %: ", fig(`${p}.capture.low`, "share"), " to ",
                fig(`${p}.capture.high`, "share"), ")"),
              table(["", ""], [
                ["captured, money", fig(`${p}.capture.moneyRatio`, "share")],
                ["worst drawdown", derived(`${p}.drawdown`, fall, money(fall, d))],
                ["news to venue, p99", fig(`${p}.latency.arrivalMicroseconds.p99`, "duration")],
                ["frames; missing, faulty", [fig(`${p}.feed.frames`, "count"), "; ", fig(`${p}.feed.missing`, "count"), ", ",
                  fig(`${p}.feed.faulty`, "count")]].map((row) => Array.isArray(row) ? el("span", {}, row) : row),
                ["from", fig(`${p}.firstNanoseconds`, "moment")], ["to", fig(`${p}.lastNanoseconds`, "moment")],
                ["seed", fig(`${p}.seed`, "text")], ["tape", fig(`${p}.tapeSHA256`, "hash")],
                ["decisions", fig(`${p}.decisionSHA256`, "hash")]]),
              preset.opportunities.addsUp ? null : el("p", { class: "alarm" }, "THE CLASSES DO NOT ADD UP"));
          })), el("p", { class: "quiet" }, "Made with ",
            el("code", {}, `bailiff paper --tape '${tape.tape}' --seed ${S.seed}`),
            " and the strategy, the configuration and the presets whose hash and numbers are in sections 14 and 16."));
        }

        const classCell = (path, index, row, d) => el("span", {},
          fig(`${path}.presets.${index}.opportunities.classes.${row}.count`, "count"), "; ",
          fig(`${path}.presets.${index}.opportunities.classes.${row}.money`, "money", d), "; ",
          fig(`${path}.presets.${index}.opportunities.classes.${row}.net`, "money", d));

        function losses(tape, path) {
          const rows = tape.presets[0].opportunities.classes.map((found, row) =>
            [found.name, (preset, index) => classCell(path, index, row, preset.cashDecimals)]);
          rows.push(["still open", (preset, index) => el("span", {},
            fig(`${path}.presets.${index}.opportunities.open`, "count"), "; ; ",
            fig(`${path}.presets.${index}.opportunities.openNet`, "money", preset.cashDecimals))]);
          return section(5, "What became of every opportunity", el("p", {}, "Count; earned where it was won, what it seemed",
            " worth where not; what our bids on them changed, gas deducted."), side(tape, rows), lossChart(tape),
            words(tape, path, "Why the engine said no", "refusals", (preset) => preset.refusals),
            words(tape, path, "Why our orders did nothing", "world.failures", (preset) => preset.world.failures));
        }

        // A table of counts by word, over all words that any preset has.
        function words(tape, path, title, key, read) {
          const names = [...new Set(tape.presets.flatMap((preset) => Object.keys(read(preset))))].sort();
          return [el("h4", {}, title), names.length === 0 ? none("Nothing, under any preset.") :
            side(tape, names.map((name) => [name, (_, index) => fig(`${path}.presets.${index}.${key}.${name}`, "count")]))];
        }

        function outcomes(tape, path) {
          const kinds = ["settled", "settled_in_part", "outbid", "late", "reverted", "expired"];
          const cell = (index, kind) => el("span", {}, fig(`${path}.presets.${index}.world.ours.${kind}`, "count"), " / ",
            fig(`${path}.presets.${index}.world.others.${kind}`, "count"));
          return section(6, "Us and the others", el("p", {}, "How orders ended: ours / theirs."),
            side(tape, kinds.map((kind) => [kind, (_, index) => cell(index, kind)])), endingsChart(tape),
            none("The summary does not keep single bids of others, so margins against winners are not shown."));
        }

        const pick = (tape, path, rows) => side(tape, rows.map(([name, key, format]) =>
          [name, (preset, index) => fig(`${path}.presets.${index}.${key}`, format, preset.cashDecimals)]));

        function extremes(tape, path) {
          return tape.presets.map((preset, index) => {
            const d = preset.cashDecimals, number = (row) => BigInt(preset.accounts[row].net);
            const order = preset.accounts.map((_, row) => row).filter((row) => preset.accounts[row].bids > 0).sort((a, b) =>
              number(a) > number(b) ? -1 : number(a) < number(b) ? 1 : a - b);
            const shown = order.length <= 20 ? order : [...order.slice(0, 10), ...order.slice(-10)];
            const cell = (row, key, format) => fig(`${path}.presets.${index}.accounts.${row}.${key}`, format, d);
            return [el("h4", {}, `Best and worst ten by what bids on them changed, ${preset.preset}`),
              shown.length === 0 ? none("No bid was made.") :
              table(["account", "class", "net", "money", "worth", "bids", "closed"], shown.map((row) =>
                [cell(row, "account", "text"), cell(row, "class", "text"), cell(row, "net", "money"),
                  cell(row, "money", "money"), cell(row, "worth", "money"), cell(row, "bids", "count"),
                  cell(row, "closedNanoseconds", "moment")]))];
          });
        }

        function assumptions(tape, path) {
          const rows = tape.presets[0].settings.map((setting, row) => [setting.name, ...tape.presets.map((_, index) =>
            fig(`${path}.presets.${index}.settings.${row}.value`, "text")), setting.unit, setting.source]);
          return section(14, "Assumptions", table(["number", ...tape.presets.map((preset) => preset.preset), "unit",
            "source"], rows), none("Sensitivity to each number is not in the summary: play the tape again with another."));
        }

        function sections(tape, path) {
          const nothing = (number, title, why) => section(number, title, none(why));
          return [verdict(tape, path), waterfall(tape, path), cumulative(tape), funnel(tape, path), losses(tape, path),
            outcomes(tape, path), calibration(tape), latency(tape, path),
            nothing(9, "Heap and risk map", "No data: the summary keeps no distances to liquidation over time."),
            section(10, "Gas", pick(tape, path, [["ours", "money.gasWei", "wei"], ["others'", "world.othersGasWei", "wei"],
              ["burnt", "world.burntWei", "wei"], ["tips", "world.tipsWei", "wei"]]), gasChart(tape)),
            section(11, "Capital and the market", pick(tape, path, [["equity, first", "money.equityStart", "money"],
              ["equity, last", "money.equityEnd", "money"], ["bad debt written off", "world.badDebt", "money"],
              ["owed beyond all that is held", "world.shortfall", "money"], ["the insurance fund at first",
              "world.insurance.opening", "money"], ["its part of protocol fees", "world.insurance.income", "money"],
              ["bad debt the fund paid", "world.insurance.drawn", "money"], ["bad debt suppliers lost",
              "world.insurance.socialised", "money"], ["accounts written off", "world.accountsWrittenOff", "count"], ["blocks", "world.blocks", "count"]]),
              none("Exposure by asset is not in the summary.")),
            section(12, "Breakdown", hours(tape), extremes(tape, path)),
            section(13, "Feed", pick(tape, path, [["frames", "feed.frames", "count"], ["inputs", "feed.inputs", "count"],
              ["accounts", "feed.accounts", "count"], ["missing", "feed.missing", "count"], ["faulty", "feed.faulty", "count"],
              ["faulty records", "feed.recordFaults", "count"], ["left out: happened here before",
              "world.framesLeftOut", "count"]])),
            assumptions(tape, path),
            nothing(15, "Parity", "No data: it needs a live run beside its replay."),
            section(16, "Configuration", table(["", ""], [["seed", fig("seed", "text")],
              ["strategy's SHA-256", fig("parametersSHA256", "text")], ["gas money", fig("gasMoneyWei", "wei")],
              ["capital", fig("capital", "money", tape.presets[0].cashDecimals)]])),
            nothing(17, "Tuning", "No data: this is one run, not a search.")];
        }

        finish(S.tapes.flatMap((tape, index) => tape.presets.length === 0 ? [] : [
          el("h2", {}, tape.title || "A tape"), el("p", { class: "quiet" }, tape.tape), ...sections(tape, `tapes.${index}`)]));

        """#
}
