/// The sections of the page of a study, in the order in which a reader decides. Its charts are in `TunePageCharts`.
enum TunePageScript {
    static let text = #"""
        FORMATS.amount = (value) => {
          const [whole, part] = value.toFixed(4).split(".");
          return grouped(whole) + "." + part;
        };
        FORMATS.whole = (value) => grouped(String(Math.round(value)));
        FORMATS.seconds = (value) => value.toFixed(1) + " s";

        const DECISIONS = { adopt: "Adopt what was found", keepDefault: "Keep the default",
          notEnoughEvidence: "Not enough evidence" };
        const rows = (list) => table(["", ""], list.filter((row) => row !== null));
        const held = S.verdict.heldOut;

        function verdict() {
          return section(1, "Verdict", el("div", { class: "card" },
            el("div", { class: "big", title: S.verdict.decision }, DECISIONS[S.verdict.decision] || S.verdict.decision),
            el("p", {}, fig("verdict.sentence", "text")),
            held ? el("p", {}, "Gain over the default on ", fig("verdict.heldOut.folds", "count"), " folds held out: ",
              el("strong", {}, fig("verdict.heldOut.mean", "amount")), ` ${PER_FOLD} (95 %: `,
              fig("verdict.heldOut.low", "amount"), " to ", fig("verdict.heldOut.high", "amount"), "); above zero with ",
              fig("verdict.heldOut.chanceAboveZero", "share"), ".") :
              none("Nothing was tried on the tapes held out: the default won in training, and nothing was left to confirm."),
            S.verdict.sharesTapes ? el("p", {}, "Among the tapes held out are stretches of tapes that were searched on (section 11). They are ",
              "played from the tape's beginning, through the stretch searched on, and their market is the same one: tapes of their ",
              "own would prove more.") : null, aims()),
            rows([["decision", fig("verdict.decision", "text")],
              ...S.verdict.reasons.map((_, index) => [index === 0 ? "reasons" : "", fig(`verdict.reasons.${index}`, "text")]),
              ["trials of the search", fig("trials", "count")], ["trials of the race", fig("raceTrials", "count")],
              ["trials of the confirmation", fig("confirmationTrials", "count")], ["failed", fig("failedTrials", "count")],
              ["took, the last time", fig("seconds", "seconds")]]));
        }

        // What was asked for beside profit, on the folds held out.
        function aims() {
          const list = S.verdict.aims || [], path = (index, key) => `verdict.aims.${index}.${key}`;
          return list.length === 0 ? null : [el("h4", {}, "What else was asked for, on the folds held out"),
            table(["", "against the default, a fold", "95 %", "that is", "candidate", "default", "bound", ""], list.map((aim, index) => [
              fig(path(index, "name"), "text"), fig(path(index, "increase.mean"), "amount"), el("span", {},
                fig(path(index, "increase.low"), "amount"), " to ", fig(path(index, "increase.high"), "amount")),
              fig(path(index, "standing"), "text"), fig(path(index, "found"), "amount"), fig(path(index, "initial"), "amount"),
              fig(path(index, "bound"), "amount"), aim.objects ? "stands against the candidate" : ""])),
            el("p", { class: "quiet" }, "Less is better. Worse or better is what lies wholly above or below zero. Candidate and default: the ",
              "largest drawdown of a fold, the failed gas of all folds, which is what bounds are set for.")];
        }

        function search() {
          const found = records(), last = found.length > 0 ? found[found.length - 1] : null;
          return section(2, "The search", el("p", {}, "A trial's gain is its mean over the folds it was tried on, less the ",
            "default's mean on the same folds. The band is the best trial's gain, 1.96 standard errors up and down: of the ",
            "differences to the default, fold by fold. It does not know that the best of many was picked, so it lies too high: ",
            "the confirmation is what counts."),
            last === null ? none("No trial has a gain.") : [progress(), el("p", {}, "The best as seen in the search: trial ",
              fig(`history.${last}.id`, "count"), " with ", fig(`history.${last}.gain`, "amount"), `, ${PER_FOLD}.`)],
            isKnown(last) && !isKnown(S.history[last].gainError) ? none("One fold a trial has no error: there is no band.") : null,
            el("h4", {}, "The best tenth of the trials"), TENTH.length === 0 ? none("None.") :
            table(["trial", "generation", "gain", "its error", "value", "default there", "decisions"], TENTH.map((index) =>
              [["id", "count"], ["generation", "count"], ["gain", "amount"], ["gainError", "amount"], ["value", "amount"],
                ["initial", "amount"], ["decisionHash", "hash"]].map(([key, format]) => fig(`history.${index}.${key}`, format)))));
        }

        function parameters() {
          const range = (index, parameter) => parameter.words ? el("span", {}, parameter.words.map((_, word) =>
            [word === 0 ? "" : ", ", fig(`parameters.${index}.words.${word}`, "text")])) :
            el("span", {}, fig(`parameters.${index}.low`, "count"), " to ", fig(`parameters.${index}.high`, "count"),
              parameter.isLogarithmic ? ", by ratios" : "");
          return section(3, "Parameters", table(["parameter", "initial", "found", "range", "unit", "importance"],
            S.parameters.map((parameter, index) => [fig(`parameters.${index}.name`, "text"),
              fig(`parameters.${index}.initial`, "text"), parameter.initial === parameter.found ?
                fig(`parameters.${index}.found`, "text") : el("strong", {}, fig(`parameters.${index}.found`, "text")),
              range(index, parameter), fig(`parameters.${index}.unit`, "text"), fig(`parameters.${index}.importance`, "share")])),
            el("p", { class: "quiet" }, "Found is what won the race in training, whether or not it is to be adopted. ",
              "Importance is the share of the scores' variance that goes with a parameter alone."),
            S.parameters.some((parameter) => parameter.importance > 0) ? importance() :
              none("No share of the variance goes with any parameter alone."));
        }

        const mark = (name, sign, text) => el("span", {}, el("span", { style: `color: var(${name})` }, `${sign} `), text, "  ");

        function shapes() {
          return section(4, "Parameter by parameter", el("h4", {}, "All together"), parallel(),
            el("h4", {}, "One by one: value against gain"), el("p", { class: "quiet" }, mark("--s1", "●", "trial, on its folds"),
              mark("--s2", "▲", "default"), mark("--s6", "■", "found, on all folds searched on"),
              mark("--s3", "◆", "one step beside the found, on the same")),
            el("div", { class: "strip" }, S.parameters.map(slice)));
        }

        function plateau() {
          const sides = S.verdict.plateau;
          return section(5, "Plateau or needle", !sides ? none("No data: nothing was confirmed.") : sides.length === 0 ?
            none("No data: choices have no neighbours.") : [el("p", {}, "What is left of the gain in training one step beside ",
              "the found: 100 % all, 0 % none, below that less than the default. At the least: ",
              fig("verdict.keptShareMin", "share"), "."),
            table(["parameter", "one step to", "gain left"], sides.map((_, index) => [
              fig(`verdict.plateau.${index}.parameter`, "text"), fig(`verdict.plateau.${index}.value`, "whole"),
              fig(`verdict.plateau.${index}.keptShare`, "share")]))]);
        }

        function race() {
          return section(6, "Training against hold-out", held ? [heldOut(), none("Only the found and the default were tried on the " +
            "tapes held out, so only they are in the picture. What was chosen by its gain in training has too much of it there.")] :
            none("No data: nothing was tried on the tapes held out."), el("h4", {}, "Who was raced to the end, in training"),
            table(["", "mean", "gain", ...S.aims], S.standing.map((one, index) => [`${index + 1}${marks(one)}`,
              fig(`standing.${index}.mean`, "amount"), fig(`standing.${index}.gain`, "amount"),
              ...S.aims.map((_, aim) => fig(`standing.${index}.costs.${aim}`, "amount"))])));
        }

        const marks = (one) => (one.isOnFront ? ", on the front" : "") + (one.isDefault ? ", the default" : "") +
          (one.isCandidate ? ", the candidate" : "") + (one.isRecommended ? ", recommended" : "");

        function dropped() {
          const each = (list, make) => el("span", {}, list.map((one, index) => [index === 0 ? "" : ", ", make(one, index)]));
          return section(7, "Where candidates were passed over", el("p", {}, "The search stops no trial: the trials of a generation meet ",
            "the same tapes and are compared on all of them. The race drops candidates, by their mean over the folds met so far: half ",
            "after each round, while the folds double. The default always stays."),
            S.rounds.some((round) => round.dropped > 0) ? droppedByTape() : none("Nobody was dropped: there were no more than stay."),
            table(["round", "folds", "of tapes", "ran", "dropped", "trials dropped"], S.rounds.map((round, index) => {
              const path = `rounds.${index}`, runners = round.runners.map((one, place) => ({ ...one, place }));
              return [`${index + 1}`, derived(`folds.${index}`, round.folds.length, String(round.folds.length)),
                each(round.tapes, (_, tape) => [fig(`${path}.tapes.${tape}.name`, "text"), ": ",
                  fig(`${path}.tapes.${tape}.folds`, "count")]),
                derived(`ran.${index}`, runners.length, String(runners.length)), fig(`${path}.dropped`, "count"),
                each(runners.filter((one) => one.isDropped), (one) => fig(`${path}.runners.${one.place}.trial`, "count"))]; })));
        }

        function forward() {
          const steps = S.verdict.walkForward;
          return section(8, "Walk-forward", !steps || steps.length === 0 ? none("No data: nothing was confirmed.") : [
            el("p", {}, "Chosen by the folds before, tried on the next: gains over the default."),
            steps.some((step) => step.trainedGain !== 0 || step.testedGain !== 0) ? walk() :
              none("Nothing beat the default on the folds before."),
            table(["folds before", "gain on those", "gain on the next"], steps.map((_, index) => [
              fig(`verdict.walkForward.${index}.trained`, "count"), fig(`verdict.walkForward.${index}.trainedGain`, "amount"),
              fig(`verdict.walkForward.${index}.testedGain`, "amount")]))]);
        }

        function chance() {
          return section(9, "Chance", !isKnown(S.verdict.overfittingChance) ? none("No data: nothing was confirmed.") : rows([
            ["the best in one half of the folds is below the median in the other (overfitting)",
              fig("verdict.overfittingChance", "share")],
            ["the gain in training is real, the number of trials counted in (deflated score)",
              fig("verdict.deflatedChance", "share")], ["trials counted", fig("verdict.trialsCounted", "count")]]));
        }

        function fronts() {
          const drawn = [["maxDrawdown", "drawdown"], ["failedGas", "failed gas"]].map(([key, title]) => {
            const { front, rest } = unbeaten(key);
            return [el("h4", {}, `Profit against ${title}`), front.length === 0 ? none("No trial has both.") : [
              pareto(key, title), el("p", {}, derived(`front.${key}`, front.length, String(front.length)), " of ",
                derived(`all.${key}`, front.length + rest.length, String(front.length + rest.length)),
                " trials are beaten by none in these two.")]];
          });
          return section(10, "Profit and what it costs", drawn.flat(2), el("p", { class: "quiet" }, "Trials of different generations are tried ",
            "on different tapes where the subset is smaller than all; bounds on drawdown and gas are not drawn."),
            el("h4", {}, "The front of the study's own aims"), S.front.length === 0 ? none("None.") :
            table(["trial", "profit", "drawdown", "failed gas", ""], S.front.map((position) => [
              fig(`history.${position}.id`, "count"), fig(`history.${position}.value`, "amount"),
              fig(`history.${position}.maxDrawdown`, "amount"), fig(`history.${position}.failedGas`, "amount"),
              position === S.candidateAt ? `the candidate${CANDIDATE && CANDIDATE.isRecommended ? ", recommended" : ""}` : ""])),
            isKnown(S.candidateAt) ? el("p", {}, "Put to the confirmation: trial ", fig(`history.${S.candidateAt}.id`, "count"),
              S.front.includes(S.candidateAt) ? ", of this front." : ", which is not on it: the race decided, on all tapes.",
              CANDIDATE && CANDIDATE.isRecommended ? "" : " The default is recommended.") :
              none("The default won the race, and is recommended."));
        }

        function origin() {
          return section(11, "Where it comes from", table(["tape", "what for", "SHA-256"], S.tapes.map((tape, index) => [
            fig(`tapes.${index}.name`, "text"), tape.isSearched ? "searched on" : tape.isStretchOfSearched ? "held out, of a tape searched on" : "held out",
            el("code", {}, fig(`tapes.${index}.sha256`, "text"))])),
            rows([["seed", fig("seed", "text")], ["sampler", fig("sampler", "text")], ["preset", fig("preset", "text")],
              ["stretches of a tape", fig("windows", "count")], ["space", fig("spaceHash", "text")],
              ["program", el("code", {}, fig("binary", "text"))], ["settings", el("code", {}, fig("settings", "text"))]]),
            el("p", {}, "The same again: ", el("code", {}, fig("command", "text"))));
        }

        finish([verdict(), search(), parameters(), shapes(), plateau(), race(), dropped(), forward(), chance(), fronts(), origin()]);

        """#
}
