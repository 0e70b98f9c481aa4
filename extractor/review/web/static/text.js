// The text: offsets are code points of the raw text, as everywhere in the contract; the page counts in UTF-16 units.
const raw = document.querySelector(".raw");
const leaves = [...raw.querySelectorAll("[data-s]")];
const starts = leaves.map((leaf) => Number(leaf.dataset.s));
const canHighlight = "highlights" in CSS;

const isWide = (text) => /[\ud800-\udbff]/.test(text);

function units(text, points) {
  return isWide(text) ? [...text].slice(0, points).join("").length : points;
}

function points(text, end) {
  return isWide(text) ? [...text.slice(0, end)].length : end;
}

function leafAt(offset) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function pointAt(offset, isEnd) {
  const leaf = leaves[leafAt(isEnd ? offset - 1 : offset)];
  const text = leaf.firstChild;
  return [text, Math.min(text.length, units(text.data, offset - Number(leaf.dataset.s)))];
}

function rangeOf(start, end) {
  const range = new Range();
  range.setStart(...pointAt(start, false));
  range.setEnd(...pointAt(end, true));
  return range;
}

// the first span is the figure or the words of the record, where it has some; the others are its evidence
export function light(spans, scroll, hasFigure = true) {
  raw.querySelectorAll("mark.lit").forEach((mark) => mark.classList.remove("lit"));
  if (!spans.length) {
    if (canHighlight) CSS.highlights.clear();
    return;
  }
  const ranges = spans.map(([start, end]) => rangeOf(start, end));
  if (canHighlight) {
    CSS.highlights.set("evidence", new Highlight(...ranges));
    CSS.highlights.set("figure", new Highlight(...(hasFigure ? ranges.slice(0, 1) : [])));
  }
  const first = leaves[leafAt(spans[0][0])];
  if (hasFigure && first.matches("mark")) first.classList.add("lit");
  if (scroll) scrollTo(ranges[0]);
}

function scrollTo(range) {
  const pane = document.querySelector(".text");
  const box = range.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (box.top < frame.top + 40 || box.bottom > frame.bottom - 60) {
    pane.scrollTop += box.top - frame.top - frame.height / 3;
  }
}

// the selected characters as [start, end], or null
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!raw.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? [start, end] : null;
}

function offsetOf(node, offset) {
  if (node.nodeType === Node.TEXT_NODE) {
    const leaf = node.parentElement.closest("[data-s]");
    return leaf ? Number(leaf.dataset.s) + points(node.data, offset) : null;
  }
  if (node.dataset?.s) return Number(node.dataset.s) + (offset ? points(node.textContent, node.textContent.length) : 0);
  const next = node.childNodes[offset];
  if (next?.dataset?.s) return Number(next.dataset.s);
  const last = leaves.at(-1);
  return Number(last.dataset.s) + points(last.textContent, last.textContent.length);
}

// a figure as [start, end]
export function spanOf(mark) {
  const start = Number(mark.dataset.s);
  return [start, start + points(mark.textContent, mark.textContent.length)];
}

// walk the figures of the text with the arrow keys while the text has the focus
export function step(by) {
  const marks = [...raw.querySelectorAll("mark")];
  const at = marks.findIndex((mark) => mark.classList.contains("at"));
  const pane = document.querySelector(".text").getBoundingClientRect();
  const seen = marks.findIndex((mark) => mark.getBoundingClientRect().top >= pane.top);
  const next = marks[at < 0 ? Math.max(seen, 0) : Math.min(Math.max(at + by, 0), marks.length - 1)];
  marks[at]?.classList.remove("at");
  next?.classList.add("at");
  if (next) light([spanOf(next)], true);
  return next;
}

export function stepped() {
  return raw.querySelector("mark.at");
}

export function remark(marks) {
  for (const { key, role, record, title } of marks) {
    const mark = raw.querySelector(`mark[data-figure="${key}"]`);
    if (!mark) continue;
    mark.className = role;
    mark.title = title;
    if (record) mark.dataset.record = record;
    else delete mark.dataset.record;
  }
}
