// The document page: one record is in hand; keys and buttons do the same things; the server says what looks otherwise.
import { light, remark, selected, spanOf, step, stepped } from "./text.js";
import { check, fields, markProblems } from "./form.js";

const desk = document.querySelector(".desk");
const records = document.querySelector("#records");
const toast = document.querySelector(".toast");
const help = document.querySelector("dialog.help");
const base = `/documents/${desk.dataset.document}`;
const csrf = document.querySelector("meta[name=csrf]").content;
let walk = "record"; // what the last step went to: after a decision the next of these is taken in hand

const cards = () => [...records.querySelectorAll(".card:not(.gone)")].filter((card) => !card.closest(".gone"));
const inHand = () => records.querySelector(".card.on");
const spansOf = (card) => card.dataset.spans.trim().split(/\s+/).filter(Boolean).map((span) => span.split("-").map(Number));

function take(card, { scroll = true, focus = true } = {}) {
  const before = inHand();
  if (before !== card) before?.classList.remove("on");
  if (!card) return light([], false);
  card.classList.add("on");
  light(spansOf(card), scroll, !["goal", "project"].includes(card.dataset.kind));
  card.scrollIntoView({ block: "nearest" });
  if (focus && !card.querySelector("form")) card.focus({ preventScroll: true });
  history.replaceState(null, "", `#${card.id}`);
}

const wanted = {
  record: () => true,
  finding: (card) => Number(card.dataset.open) > 0 || card.dataset.kind === "figure",
};

function next(by, kind = walk, from = inHand()) {
  walk = kind;
  const all = cards();
  const at = from ? all.indexOf(from) : by > 0 ? -1 : all.length;
  const around = kind === "finding"; // wherever one stands, none is passed over
  for (let steps = 1; steps <= all.length; steps += 1) {
    const place = at + by * steps;
    const card = all[around ? ((place % all.length) + all.length) % all.length : place];
    if (card && wanted[kind](card)) return take(card);
  }
  say(desk.dataset.noMore);
}

// after a decision: the next that nobody has decided about
function onward(place) {
  const all = cards();
  for (let at = place; at < all.length; at += 1) {
    const open = walk === "finding" ? wanted.finding(all[at]) : all[at].dataset.review === "unreviewed";
    if (open) return take(all[at]);
  }
  take(all[Math.min(place, all.length) - 1] ?? null);
}

function say(words, bad = false) {
  toast.textContent = words;
  toast.classList.toggle("bad", bad);
  toast.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { toast.hidden = true; }, bad ? 8000 : 1800);
}

async function send(said, form) {
  let reply;
  try {
    reply = await fetch(`${base}/decisions`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify(said),
    });
  } catch {
    say(desk.dataset.failed, true);
    return null;
  }
  const answer = await reply.json().catch(() => ({ message: desk.dataset.failed }));
  if (reply.status === 409) show(answer, said.record, form);
  else if (!reply.ok) {
    const rest = form ? markProblems(form, answer.problems ?? {}) : Object.values(answer.problems ?? {});
    say([answer.message, ...rest].join(" · "), true);
  } else {
    if (form) close(form);
    look(answer);
    say(answer.message);
  }
  return reply.ok ? answer : null;
}

// a stale save: both values are shown in the open form, and the next save goes over what stands now
function show(answer, key, form) {
  look(answer, form ? key : null);
  if (!form) { say(answer.message, true); return; }
  form.dataset.version = answer.version;
  const box = form.querySelector(".both");
  const table = document.createElement("table");
  for (const row of [["", desk.dataset.theirs, desk.dataset.yours], ...answer.both]) {
    const line = table.insertRow();
    for (const words of row) line.insertCell().textContent = words;
  }
  box.replaceChildren(answer.message, table);
  box.hidden = false;
  box.scrollIntoView({ block: "start" });
}

function look(answer, keep = null) {
  const held = inHand()?.id;
  if (answer.pane !== undefined) {
    const top = records.scrollTop;
    records.innerHTML = answer.pane;
    records.scrollTop = top;
  }
  for (const [key, html] of Object.entries(answer.cards ?? {})) {
    const old = document.getElementById(key);
    if (!old || key === keep) continue;
    const shell = document.createElement("template");
    shell.innerHTML = html.trim();
    old.replaceWith(shell.content.firstElementChild);
  }
  const again = held && document.getElementById(held);
  if (again) again.classList.add("on");
  narrow();
  remark(answer.marks ?? []);
  count(answer.counts);
}

function count(counts) {
  if (!counts) return;
  for (const [name, value] of Object.entries(counts)) {
    document.querySelectorAll(`[data-count="${name}"]`).forEach((place) => { place.textContent = value; });
    const badge = document.querySelector(`[data-badge="${name}"]`);
    if (!badge) continue;
    badge.hidden = !value;
    const word = badge.querySelector("[data-one]");
    word.textContent = value === 1 ? word.dataset.one : word.dataset.many;
  }
  const bar = document.querySelector("[data-count-progress]");
  bar.max = counts.records || 1;
  bar.value = counts.reviewed;
}

async function decide(action, values) {
  const card = inHand();
  if (!card) return next(1);
  const button = { accept: '[data-act="accept"]', reject: '[data-act="reject"]' }[action];
  if (button && !card.querySelector(button)) return null;
  const place = cards().indexOf(card);
  const said = { record: card.id, action, version: Number(card.dataset.version), values };
  if (await send(said)) onward(document.getElementById(card.id) ? place + 1 : place);
  return null;
}

async function undo() {
  const answer = await send({ action: "undo" });
  const card = answer?.focus && document.getElementById(answer.focus);
  if (card) take(card);
}

// what is filtered away is not accepted unseen
async function acceptRest() {
  const open = cards().filter((card) => card.dataset.review === "unreviewed" && !wanted.finding(card));
  if (!open.length) return say(desk.dataset.noMore);
  if (!confirm(`${desk.dataset.acceptRest} ${open.length}`)) return null;
  return send({ action: "accept-rest", records: open.map((card) => card.id) });
}

async function edit(card = inHand()) {
  if (!card?.querySelector('[data-act="edit"]') || card.querySelector("form")) return;
  const reply = await fetch(`${base}/form?record=${encodeURIComponent(card.id)}`);
  if (!reply.ok) return say(desk.dataset.failed, true);
  card.insertAdjacentHTML("beforeend", await reply.text());
  card.classList.add("editing");
  const form = card.querySelector("form");
  form.before_ = fields(form);
  form.querySelector("input, select").focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

function close(form) {
  const card = form.closest(".card");
  card.classList.remove("editing");
  form.remove();
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

// who cancels the form of a record just made does not want the record
async function cancel(form) {
  const fresh = "fresh" in form.dataset;
  close(form);
  if (fresh) await undo();
}

const isDirty = (form) => JSON.stringify(fields(form)) !== JSON.stringify(form.before_);
addEventListener("beforeunload", (event) => {
  if ([...records.querySelectorAll("form.edit")].some(isDirty)) event.preventDefault();
});

async function save(form) {
  if (!check(form)) return;
  const now = fields(form);
  const values = Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(form.before_[name])),
  );
  for (const name of Object.keys(values)) {
    // rows go together: a figure with what it counts
    const [outer, part] = name.split(":");
    if (part) Object.keys(now).filter((one) => one.startsWith(`${outer}:`)).forEach((one) => { values[one] = now[one]; });
  }
  const reason = values.reason;
  delete values.reason;
  const key = form.dataset.record;
  const said = { record: key, action: "edit", version: Number(form.dataset.version), values, reason };
  if (await send(said, form)) take(document.getElementById(key));
}

// a new record of the selected text, of the figure that was stepped to, or of the left-over figure in hand
async function add(kind) {
  const card = inHand();
  const mark = stepped();
  const span = selected() ?? (mark && spanOf(mark)) ?? (card?.dataset.kind === "figure" ? spansOf(card)[0] : null);
  if (!span) return say(desk.dataset.selectFirst);
  const answer = await send({ action: "add", kind, start: span[0], end: span[1] });
  if (!answer) return;
  getSelection().removeAllRanges();
  mark?.classList.remove("at");
  const made = document.getElementById(answer.focus);
  take(made);
  await edit(made);
  const form = made.querySelector("form.edit");
  if (form) form.dataset.fresh = "";
}

function narrow() {
  const words = document.querySelector(".bar [data-filter]").value.trim().toLowerCase();
  const show_ = document.querySelector("[data-show]").value;
  const fits = {
    all: () => true,
    open: (card) => card.dataset.review === "unreviewed",
    findings: wanted.finding,
    rejected: (card) => card.dataset.review === "rejected",
  }[show_];
  records.querySelectorAll(".card").forEach((card) => {
    card.classList.toggle("gone", !fits(card) || (words !== "" && !card.textContent.toLowerCase().includes(words)));
  });
  records.querySelectorAll(".below, .group").forEach((part) => {
    part.classList.toggle("gone", !part.querySelector(".card:not(.gone)"));
  });
}

function leave(way) {
  const other = desk.dataset[way];
  if (other) location.href = `/documents/${other}`;
  else say(desk.dataset.noMore);
}

function escape() {
  const form = records.querySelector("form.edit");
  if (form) return cancel(form);
  getSelection().removeAllRanges();
  stepped()?.classList.remove("at");
  return take(null);
}

const keys = {
  j: () => next(1, "record"), ArrowDown: () => next(1, "record"),
  k: () => next(-1, "record"), ArrowUp: () => next(-1, "record"),
  n: () => next(1, "finding"), N: () => next(-1, "finding"), p: () => add("project"),
  a: () => decide("accept"), x: () => decide("reject"), e: () => edit(), Enter: () => edit(),
  z: undo, A: acceptRest, m: () => add("metric"), g: () => add("goal"), d: () => add("deadline"),
  "[": () => leave("before"), "]": () => leave("behind"), "?": () => help.showModal(), Escape: escape,
};

document.addEventListener("keydown", (event) => {
  if (help.open && event.key === "?") { help.close(); return; }
  if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest("input, select, textarea");
  if (field) {
    if (event.key === "Escape") { event.preventDefault(); field.blur(); if (field.form?.matches(".edit")) cancel(field.form); else if (field.matches("[data-filter]")) { field.value = ""; narrow(); } }
    if (event.key === "Enter" && field.matches("select") && field.form?.matches(".edit")) { event.preventDefault(); save(field.form); }
    if (event.key === "Enter" && field.matches("[data-filter]")) { field.blur(); next(1, "record", null); }
    return;
  }
  if (event.target.closest("button, a, summary") && ["Enter", " "].includes(event.key)) return;
  const inText = event.target.closest(".text");
  if (inText && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "ArrowRight" ? 1 : -1);
    return;
  }
  if (inText && event.key.startsWith("Arrow")) return; // the text scrolls
  if (inText && event.key === "Enter" && stepped()) { open(stepped()); return; }
  const digit = Number(event.key);
  const role = digit && inHand()?.querySelectorAll('[data-act="role"]')[digit - 1];
  if (role) { event.preventDefault(); decide("edit", { role: role.dataset.role }); return; }
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});

function open(mark) {
  const card = document.getElementById(mark.dataset.record ?? mark.dataset.figure);
  if (!card) return;
  if (card.classList.contains("gone")) { document.querySelector("[data-show]").value = "all"; document.querySelector(".bar [data-filter]").value = ""; narrow(); }
  card.scrollIntoView({ block: "center" });
  take(card, { scroll: false });
}

const acts = {
  accept: () => decide("accept"), reject: () => decide("reject"), edit: () => edit(), undo, "accept-rest": acceptRest,
  help: () => help.showModal(), add: (button) => add(button.dataset.make), make: (button) => add(button.dataset.make),
  role: (button) => decide("edit", { role: button.dataset.role }), cancel: (button) => cancel(button.form),
};

document.addEventListener("click", (event) => {
  const mark = event.target.closest(".raw mark");
  if (mark && getSelection().isCollapsed) return open(mark);
  const link = event.target.closest(".card a.link");
  if (link) {
    event.preventDefault();
    const card = document.getElementById(link.hash.slice(1));
    card?.scrollIntoView({ block: "center" });
    return take(card);
  }
  const card = event.target.closest(".card");
  const button = event.target.closest("[data-act]");
  if (card && card !== inHand()) take(card, { focus: !event.target.closest("form") });
  if (button) acts[button.dataset.act](button);
  return undefined;
});

// a click on a button must not lose what is selected in the text
document.addEventListener("mousedown", (event) => {
  if (event.target.closest('[data-act="add"], [data-act="make"]')) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  if (event.target.matches(".edit")) { event.preventDefault(); save(event.target); }
});
document.addEventListener("input", (event) => {
  if (event.target.closest(".bar")) narrow();
  if (event.target.dataset.check) check(event.target.form, event.target);
});

take(document.getElementById(location.hash.slice(1)) ?? cards()[0] ?? null);
desk.dataset.ready = "";
