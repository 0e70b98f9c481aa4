// The panels' charts. What they show stands in the page as data; each chart has a table beside it that holds the same.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("panels-data").textContent);
  const SIGNS = { metric: "◆", goal: "●", project: "■", deadline: "▲" };
  const ROW = 24; // pixels for a bar with its label
  const DAY = 86400000;
  const FONT = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  let charts = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const day = (text) => Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10));
  const faded = (ink, share) => ink + Math.round(share * 255).toString(16).padStart(2, "0");

  // a label that is cut says so; the whole of it stands in the tooltip and in the table
  function fitted(ctx, text, width) {
    if (ctx.measureText(text).width <= width) return text;
    let end = text.length;
    while (end > 1 && ctx.measureText(text.slice(0, end) + "…").width > width) end -= 1;
    return text.slice(0, end) + "…";
  }

  const wrapped = (text) => text.match(/.{1,30}/gsu) ?? [];

  function labelled(labels, most, all = labels) {
    return {
      afterFit: (scale) => {
        scale.ctx.font = `12px ${FONT}`;
        const longest = Math.max(...all.map((label) => scale.ctx.measureText(label).width));
        scale.width = Math.min(longest + 14, scale.chart.width * most);
      },
      ticks: {
        autoSkip: false,
        crossAlign: "far",
        color: colour("--ink"),
        callback(value) { this.ctx.font = `12px ${FONT}`; return fitted(this.ctx, labels[value], this.chart.width * most - 14); },
      },
      grid: { display: false },
      border: { color: colour("--line") },
    };
  }

  function drawn(canvas, rows, config) {
    canvas.parentElement.style.height = `${rows.length * ROW + 40}px`;
    const { options } = config;
    options.indexAxis = "y";
    options.animation = false;
    options.interaction = { mode: "index", axis: "y", intersect: false }; // anywhere in the row: some bars are thin
    options.maintainAspectRatio = false;
    options.plugins.legend = { display: false };
    options.onClick = (_, hits) => { if (hits.length) location.href = rows[hits[0].index].href; };
    options.onHover = (event, hits) => { event.native.target.style.cursor = hits.length ? "pointer" : ""; };
    charts.push(new Chart(canvas, { type: "bar", ...config }));
  }

  // the timeline: from and to as days; where an end is open the bar fades out over what the axis has room for

  function ticksOf(low, high) {
    const step = high - low > 1200 * DAY ? 12 : high - low > 200 * DAY ? 3 : 1;
    const found = [];
    for (let at = new Date(Date.UTC(new Date(low).getUTCFullYear(), 0, 1)); at <= high + DAY; at.setUTCMonth(at.getUTCMonth() + step)) {
      if (+at >= low) found.push({ value: +at });
    }
    return found;
  }

  function tickName(value) {
    const at = new Date(value);
    return at.getUTCMonth() ? `${at.getUTCFullYear()}-${String(at.getUTCMonth() + 1).padStart(2, "0")}` : `${at.getUTCFullYear()}`;
  }

  const named = (item) => `${SIGNS[item.kind]} ${item.label}`;

  function timeline(canvas, items) {
    const year = canvas.dataset.year;
    const starts = items.filter((item) => item.start).map((item) => day(item.start));
    const ends = items.filter((item) => item.end).map((item) => day(item.end) + DAY);
    const low = Math.min(day(`${year}-01-01`), ...starts);
    const high = Math.max(day(`${year}-12-31`) + DAY, ...ends);
    const open = (high - low) / 5;
    const labels = items.map(named);
    const bars = items.map((item) => {
      const from = item.start ? day(item.start) : Math.max(low, day(item.end) + DAY - open);
      return [from, item.end ? day(item.end) + DAY : Math.min(high, day(item.start) + open)];
    });
    const fill = ({ chart, dataIndex }) => {
      const item = items[dataIndex];
      const ink = colour(`--bar-${item.kind}`);
      if (item.start && item.end) return ink;
      const [from, to] = bars[dataIndex].map((value) => chart.scales.x.getPixelForValue(value));
      if (!Number.isFinite(from) || !Number.isFinite(to)) return ink;
      const shade = chart.ctx.createLinearGradient(from, 0, to, 0);
      shade.addColorStop(0, faded(ink, item.start ? 1 : 0.06));
      shade.addColorStop(1, faded(ink, item.end ? 1 : 0.06));
      return shade;
    };
    drawn(canvas, items, {
      data: { labels, datasets: [{ data: bars, backgroundColor: fill, minBarLength: 5, barThickness: 12 }] },
      options: {
        scales: {
          x: {
            min: low, max: high,
            afterBuildTicks: (scale) => { scale.ticks = ticksOf(low, high); },
            ticks: { callback: tickName, color: colour("--soft"), maxRotation: 0 },
            grid: { color: ({ tick }) => colour(tick && new Date(tick.value).getUTCMonth() ? "--line" : "--year") },
          },
          y: labelled(labels, canvas.parentElement.clientWidth < 700 ? 0.5 : 0.42, Object.values(data.years).flat().map(named)),
        },
        plugins: { tooltip: { displayColors: false, callbacks: { title: ([{ dataIndex: at }]) => wrapped(labels[at]), label: ({ dataIndex: at }) => `${items[at].words}  ${items[at].start ?? "…"} – ${items[at].end ?? "…"}` } } },
      },
    });
  }

  // figures: what was aimed at is an outline, what came of it is full, what is there so far is striped

  function striped(ctx, ink) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = ink;
    pen.lineWidth = 3;
    for (const x of [-4, 4, 12]) { pen.moveTo(x - 4, 12); pen.lineTo(x + 8, 0); }
    pen.stroke();
    return ctx.createPattern(tile, "repeat");
  }

  // the amount as the text gives it, at the end of its bar
  const amounts = (words, line) => ({
    id: "amounts",
    afterDatasetsDraw(chart) {
      const { ctx, chartArea: { top, bottom }, scales: { x } } = chart;
      ctx.save();
      ctx.font = `12px ${FONT}`;
      ctx.fillStyle = colour("--ink");
      ctx.textBaseline = "middle";
      if (line != null) ctx.fillRect(x.getPixelForValue(line) - 1, top, 2, bottom - top);
      chart.getDatasetMeta(0).data.forEach((bar, at) => {
        const end = Math.max(bar.x, bar.base);
        const { width } = ctx.measureText(words[at]);
        const left = Math.min(end + 5, chart.width - width - 2);
        ctx.fillStyle = colour("--paper");
        ctx.fillRect(left - 2, bar.y - 8, width + 4, 16);
        ctx.fillStyle = colour("--ink");
        ctx.fillText(words[at], left, bar.y + 1);
      });
      ctx.restore();
    },
  });

  function figures(canvas, rows, line) {
    const labels = rows.map((row) => row.label);
    const words = rows.map((row) => row.words);
    canvas.getContext("2d").font = `12px ${FONT}`;
    const longest = Math.max(...words.map((word) => canvas.getContext("2d").measureText(word).width));
    const values = rows.flatMap((row) => [row.value, row.high ?? row.value]);
    const ink = ({ dataIndex }) => colour(`--bar-${rows[dataIndex].role}`);
    const fill = (context) => {
      const { role } = rows[context.dataIndex];
      if (role === "target" || role === "expected") return faded(ink(context), role === "target" ? 0.12 : 0.04);
      return role === "so_far" ? striped(context.chart.ctx, ink(context)) : ink(context);
    };
    drawn(canvas, rows, {
      data: { labels, datasets: [{ data: rows.map((row) => (row.high == null ? row.value : [row.value, row.high])), backgroundColor: fill, borderColor: ink, borderWidth: 2, borderSkipped: false, barThickness: 13, minBarLength: 3 }] },
      options: {
        layout: { padding: { right: longest + 8 } },
        scales: {
          x: {
            suggestedMin: Math.min(0, ...values), suggestedMax: Math.max(0, line ?? 0, ...values),
            ticks: { color: colour("--soft"), maxTicksLimit: 4, maxRotation: 0 },
            grid: { color: colour("--line") },
          },
          y: labelled(labels, 0.45),
        },
        plugins: { tooltip: { displayColors: false, callbacks: { title: ([{ dataIndex: at }]) => wrapped(labels[at]), label: ({ dataIndex: at }) => words[at] } } },
      },
      plugins: [amounts(words, line)],
    });
  }

  function draw() {
    charts.forEach((chart) => chart.destroy());
    charts = [];
    Chart.defaults.font.family = FONT;
    for (const canvas of document.querySelectorAll("canvas[data-year]")) timeline(canvas, data.years[canvas.dataset.year]);
    for (const canvas of document.querySelectorAll("canvas[data-card]")) figures(canvas, data.cards[canvas.dataset.card].bars);
    for (const canvas of document.querySelectorAll("canvas[data-shares]")) figures(canvas, data.shares.map((one) => ({ ...one, role: "result" })), 100);
  }

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
