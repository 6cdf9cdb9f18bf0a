/// The charts of the page of a study.
enum TunePageCharts {
    static let text = #"""
        const PER_FOLD = "cash tokens a fold";
        const CANDIDATE = S.standing.find((one) => one.isCandidate) || null;
        const DEFAULT = S.standing.find((one) => one.isDefault) || null;
        const isKnown = (value) => value !== undefined && value !== null;

        // Positions in the history, the greatest gain first; of equals the earlier.
        const RANKED = S.history.map((_, index) => index).filter((index) => isKnown(S.history[index].gain)).sort((a, b) =>
          S.history[b].gain - S.history[a].gain || a - b);
        const TENTH = RANKED.slice(0, Math.ceil(RANKED.length / 10));

        // The best so far after each trial: the position in the history, or nothing before the first that has a gain.
        function records() {
          let best = null;
          return S.history.map((trial, index) => {
            if (isKnown(trial.gain) && (best === null || trial.gain > S.history[best].gain)) best = index;
            return best;
          });
        }

        const scatter = (name, sets, x, y, more) => chart(name, { type: "scatter", data: { datasets: sets },
          options: { scales: { x, y }, ...more } });

        // A band's ground is the same by day and by night.
        const BAND = "rgba(134, 142, 150, 0.25)";

        function progress() {
          const found = records(), line = (read) => found.map((best, index) =>
            ({ x: index + 1, y: best === null ? null : read(S.history[best]) }));
          const side = (sign) => line((trial) => isKnown(trial.gainError) ? trial.gain + sign * 1.96 * trial.gainError : null);
          return chart("best so far", { type: "line", data: { datasets: [
            { label: "best so far", stepped: true, data: line((trial) => trial.gain) },
            { label: "the default", data: [{ x: 1, y: 0 }, { x: Math.max(2, S.history.length), y: 0 }] },
            { label: "each trial", showLine: false, pointRadius: 2.5, colour: "--s8", data: S.history.map((trial, index) =>
              ({ x: index + 1, y: isKnown(trial.gain) ? trial.gain : null })) },
            { label: "95 % of the best: above", stepped: true, borderWidth: 1, colour: "--s9", data: side(1),
              fill: { target: "+1", above: BAND, below: BAND } },
            { label: "95 % of the best: below", stepped: true, borderWidth: 1, colour: "--s9", data: side(-1) }] },
            options: { parsing: false, elements: { point: { radius: 0, hitRadius: 6 }, line: { borderWidth: 2 } },
              scales: { x: axis("trial of the search", { type: "linear", min: 1 }), y: axis(`gain, ${PER_FOLD}`) } } });
        }

        // Where a value stands between the ends of its parameter, 0 to 1, by ratios where it is searched by ratios.
        function place(parameter, value) {
          const { low, high } = parameter, scale = parameter.isLogarithmic && low > 0 ? Math.log : Number;
          return high > low ? (scale(value) - scale(low)) / (scale(high) - scale(low)) : 0.5;
        }

        // Lines of points, with a gap behind each.
        const paths = (all) => all.flatMap((values) => [...values.map((value, index) =>
          ({ x: index, y: place(S.parameters[index], value) })), { x: values.length - 1, y: null }]);

        function parallel() {
          const best = new Set(TENTH);
          const sets = [["found", "--s6", 3, CANDIDATE ? [CANDIDATE.values] : []],
            ["default", "--s2", 3, DEFAULT ? [DEFAULT.values] : []],
            ["best tenth of the trials", "--s1", 1.5, TENTH.map((index) => S.history[index].values)],
            ["the others", "--s9", 0.4, S.history.filter((_, index) => !best.has(index)).map((trial) => trial.values)]];
          const made = chart("parallel coordinates", { type: "line", data: { datasets: sets.map(
            ([label, colour, borderWidth, all]) => ({ label, colour, borderWidth, data: paths(all) })) },
            options: { parsing: false, elements: { point: { radius: 0, hitRadius: 4 } }, scales: {
              x: axis("", { type: "linear", min: 0, max: Math.max(1, S.parameters.length - 1), ticks: { stepSize: 1,
                autoSkip: false, minRotation: 60, callback: (index) => (S.parameters[index] || { name: "" }).name } }),
              y: axis("low end 0, high end 1", { min: 0, max: 1 }) } } });
          made.setAttribute("style", "height: 420px");
          return made;
        }

        function importance() {
          const order = S.parameters.map((_, index) => index).sort((a, b) =>
            S.parameters[b].importance - S.parameters[a].importance || a - b);
          const made = bars("importance", order.map((index) => S.parameters[index].name), [{ label: "share", data:
            order.map((index) => S.parameters[index].importance) }], "", { indexAxis: "y", scales: {
            x: axis("share of the scores' variance"), y: { ticks: { autoSkip: false } } } });
          made.setAttribute("style", `height: ${90 + 20 * order.length}px`);
          return made;
        }

        // A parameter's value against the gain of every trial; over those lie the default, the sides of the plateau and the found.
        function slice(parameter, index) {
          const marks = S.history.filter((trial) => isKnown(trial.gain)).map((trial) =>
            [trial.values[index], trial.gain, "--s1", 2.5, "circle"]);
          if (DEFAULT) marks.push([DEFAULT.values[index], 0, "--s2", 7, "triangle"]);
          for (const side of S.verdict.plateau || []) {
            if (side.parameter === parameter.name) {
              marks.push([side.value, side.keptShare * CANDIDATE.gain, "--s3", 6, "rectRot"]);
            }
          }
          if (CANDIDATE && !CANDIDATE.isDefault) marks.push([CANDIDATE.values[index], CANDIDATE.gain, "--s6", 6, "rect"]);
          const words = parameter.words, column = (at) => marks.map((mark) => mark[at]);
          const title = parameter.name + (parameter.unit && !words ? `, ${parameter.unit}` : "");
          const ticks = words ? { stepSize: 1, callback: (value) => words[value] || "" } : { maxTicksLimit: 6 };
          const isLog = !words && parameter.isLogarithmic && parameter.low > 0;
          const made = scatter(`slice, ${parameter.name}`, [{ data: marks.map(([x, y]) => ({ x, y })), colours: column(2),
            pointRadius: column(3), pointStyle: column(4) }], axis(title, { type: isLog ? "logarithmic" : "linear", ticks,
            min: parameter.low, max: parameter.high }), axis("gain"), { clip: false });
          made.setAttribute("style", "height: 230px; min-width: 0");
          return made;
        }

        // What we chose by, and what it came to where nothing was chosen.
        function heldOut() {
          const { mean, low, high } = S.verdict.heldOut, x = CANDIDATE.gain, most = Math.max(x, high, 0);
          return scatter("train against hold-out", [
            { label: "found", data: [{ x, y: mean }], pointRadius: 7, pointStyle: "rect", colour: "--s6" },
            { label: "default", data: [{ x: 0, y: 0 }], pointRadius: 8, pointStyle: "triangle", colour: "--s2" },
            { label: "95 %", data: [{ x, y: low }, { x, y: high }], showLine: true, borderWidth: 3, pointRadius: 4,
              colour: "--s1" },
            { label: "all kept", data: [{ x: 0, y: 0 }, { x: most, y: most }], showLine: true, borderWidth: 1,
              pointRadius: 0, borderDash: [6, 6], colour: "--s3" }],
            axis(`gain in training, ${PER_FOLD}`), axis("gain held out"), { clip: false });
        }

        function walk() {
          return bars("walk-forward", S.verdict.walkForward.map((step) => `${step.trained + 1}`), [
            { label: "on the folds before", data: S.verdict.walkForward.map((step) => step.trainedGain) },
            { label: "on the next", data: S.verdict.walkForward.map((step) => step.testedGain) }], `gain, ${PER_FOLD}`);
        }

        // Where the race dropped candidates: a tape counts whoever left after a round that it had folds in.
        function droppedByTape() {
          const { tapes } = S.rounds[0];
          return bars("dropped by tape", tapes.map((tape) => tape.name), S.rounds.map((round, index) => ({
            label: `after round ${index + 1}`, data: round.tapes.map((tape) => tape.folds > 0 ? round.dropped : 0) })), "", {
            scales: { x: { stacked: true }, y: axis("candidates dropped", { stacked: true, ticks: { precision: 0 } }) } });
        }

        // Of two aims, much profit and little of the other: trials that no other is better than, or as good and better in one.
        function unbeaten(key) {
          const all = S.history.map((trial, index) => ({ x: trial[key], y: trial.value, index })).filter((point) =>
            isKnown(point.x) && isKnown(point.y));
          const beats = (a, b) => a.x <= b.x && a.y >= b.y && (a.x < b.x || a.y > b.y);
          const front = all.filter((one) => !all.some((other) => beats(other, one))).sort((a, b) => a.x - b.x || a.index - b.index);
          const kept = new Set(front.map((point) => point.index));
          return { front, rest: all.filter((point) => !kept.has(point.index)) };
        }

        function pareto(key, title) {
          const { front, rest } = unbeaten(key);
          const bare = (points) => points.map(({ x, y }) => ({ x, y }));
          return scatter(`profit against ${title}`, [
            { label: "the front", data: bare(front), showLine: true, borderWidth: 2, pointRadius: 5, colour: "--s6" },
            { label: "the others", data: bare(rest), pointRadius: 3, colour: "--s1" }], axis(`${title}, cash tokens`),
            axis(`profit, ${PER_FOLD}`), { clip: false });
        }

        """#
}
