/// What both kinds of paper page share: figures that carry the path of the summary they come from, tables, and charts.
///
/// A figure is a `span` with `data-key`, the path within the summary, and `data-value`, what stands there; what is worked out
/// from several has `data-derived` instead. A canvas that is drawn has `data-points` and `data-box`. Both are for readers that
/// are programs.
enum PaperPageTools {
    static let script = #"""
        "use strict";
        const S = JSON.parse(document.getElementById("summary").textContent);
        const PALETTE = ["--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--s7", "--s8", "--s9", "--s10", "--s11"];
        const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
        const at = (path) => path.split(".").reduce((found, key) => found == null ? undefined : found[key], S);

        function el(tag, attributes, ...children) {
          const made = document.createElement(tag);
          for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
          for (const child of children.flat(3)) if (child != null) made.append(child);
          return made;
        }

        const grouped = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

        // Whole tokens and two decimals, cut towards zero, as the program prints them on a terminal.
        function money(units, decimals) {
          const value = BigInt(units), size = value < 0n ? -value : value;
          const digits = size.toString().padStart(decimals + 1, "0");
          const whole = digits.slice(0, digits.length - decimals);
          const part = (digits.slice(digits.length - decimals) + "00").slice(0, 2);
          return (value < 0n && /[1-9]/.test(whole + part) ? "-" : "") + grouped(whole) + "." + part;
        }
        const tokens = (units, decimals) => Number(BigInt(units)) / 10 ** decimals;

        function duration(given) {
          const microseconds = Number(given);
          if (microseconds < 0) return "-" + duration(-microseconds);
          if (microseconds < 1000) return microseconds + " µs";
          if (microseconds < 1e6) return (microseconds / 1000).toFixed(1) + " ms";
          return (microseconds / 1e6).toFixed(2) + " s";
        }
        const moment = (nanoseconds) => new Date(nanoseconds / 1e6).toISOString().replace(/\.\d+Z$/, "Z");

        const FORMATS = {
          text: (value) => String(value), count: (value) => grouped(String(value)),
          money: (value, decimals) => money(value, decimals), wei: (value) => money(value, 18) + " ether",
          share: (value) => (value * 100).toFixed(1) + " %", duration, moment,
          hash: (value) => String(value).slice(0, 16),
        };

        // The figure that stands at the path, or a dash where there is none.
        function fig(path, format, decimals) {
          const value = at(path);
          if (value === undefined || value === null) return el("span", { "data-key": path, "data-value": "null" }, "-");
          return el("span", { "data-key": path, "data-value": JSON.stringify(value), "data-format": format,
            title: format === "hash" ? value : "" }, FORMATS[format](value, decimals));
        }
        const derived = (name, value, text) => el("span", { "data-derived": name, "data-value": String(value) }, text);

        function table(header, rows) {
          const isNumber = (cell) => /^-?[\d,.]+( [%µa-z]+)?$|^-$/.test(cell.textContent ?? cell);
          const cells = (tag, row, plain) => row.map((cell, column) =>
            el(tag, column > 0 && (plain ? plain[column] : isNumber(cell)) ? { class: "n" } : {}, cell));
          const right = header.map((_, column) => rows.length > 0 && rows.every((row) => isNumber(row[column])));
          return el("div", { class: "wide" }, el("table", {}, el("thead", {}, el("tr", {}, cells("th", header, right))),
            el("tbody", {}, rows.map((row) => el("tr", {}, cells("td", row))))));
        }

        const section = (number, title, ...content) => el("section", { "data-section": number },
          el("h3", {}, number ? `${number}. ${title}` : title), content);
        const none = (why) => el("p", { class: "none" }, why);

        const drawings = [];
        // A chart whose colours are names, so that it can be drawn again for another light.
        function chart(name, config) {
          const points = config.data.datasets.reduce((sum, set) => sum + set.data.length, 0);
          const canvas = el("canvas", { "data-chart": name, "data-points": points, role: "img", "aria-label": name });
          drawings.push({ canvas, config, made: null });
          return el("div", { class: "chart" }, canvas);
        }

        const axis = (title, more) => ({ title: { display: true, text: title }, ...more });
        const clock = (value) => new Date(value).toISOString().slice(5, 16).replace("T", " ");
        const timeAxis = () => axis("time, UTC", { type: "linear", ticks: { callback: clock, maxTicksLimit: 9 } });
        const bars = (name, labels, sets, title, more) => chart(name, { type: "bar", data: { labels, datasets: sets },
          options: { scales: { x: {}, y: axis(title) }, ...more } });
        const lines = (name, sets, title) => chart(name, { type: "line", data: { datasets: sets },
          options: { parsing: false, elements: { point: { radius: 0, hitRadius: 6 }, line: { borderWidth: 2 } },
            scales: { x: timeAxis(), y: axis(title) } } });

        function draw() {
          const ink = colour("--ink"), line = colour("--line");
          for (const drawing of drawings) {
            if (drawing.made) drawing.made.destroy();
            const { type, data, options } = drawing.config;
            const datasets = data.datasets.map((set, index) => {
              const own = set.colours ? set.colours.map(colour) : colour(set.colour || PALETTE[index % PALETTE.length]);
              return { ...set, data: set.data.slice(), borderColor: own, backgroundColor: own };
            });
            const scales = {};
            for (const [key, scale] of Object.entries(options.scales || {})) {
              scales[key] = { ...scale, ticks: { ...scale.ticks, color: ink }, grid: { color: line },
                title: { ...scale.title, color: ink } };
            }
            drawing.made = new Chart(drawing.canvas, { type, data: { ...data, datasets }, options: { ...options, scales,
              animation: false, responsive: true, maintainAspectRatio: false,
              plugins: { legend: { display: datasets.length > 1, labels: { color: ink } } } } });
          }
        }

        function finish(nodes) {
          document.getElementById("report").append(...nodes);
          draw();
          matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
          addEventListener("beforeprint", draw);
          addEventListener("afterprint", draw);
          for (const { canvas } of drawings) {
            const box = canvas.getBoundingClientRect();
            canvas.setAttribute("data-box", [box.left + scrollX, box.top + scrollY, box.width, box.height].map(Math.round));
          }
          document.documentElement.setAttribute("data-height", document.documentElement.scrollHeight);
        }

        """#
}
