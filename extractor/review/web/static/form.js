// The form of a record: what was typed, by field, and whether dates and numbers are some.
const checks = {
  number: (text) => /^[-−]?[\d０-９,，]*[.．]?[\d０-９]+$/.test(text),
  date: (text) => {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!found) return false;
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  },
};
const zh = document.documentElement.lang.startsWith("zh");
const told = {
  number: zh ? "请填数字,不带单位" : "a number, without unit",
  date: zh ? "请填真实日期:YYYY-MM-DD" : "a date that exists: YYYY-MM-DD",
  needed: zh ? "必填" : "a value is needed",
};

export function fields(form) {
  const found = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === "checkbox") {
      found[control.name] ??= [];
      if (control.checked) found[control.name].push(control.value);
      continue;
    }
    const value = control.value.trim();
    if (control.name.includes(":")) (found[control.name] ??= []).push(value);
    else found[control.name] = value;
  }
  return found;
}

export function check(form, only = null) {
  let first = null;
  for (const control of only ? [only] : form.elements) {
    if (!control.name || control.type === "checkbox") continue;
    const text = control.value.trim();
    const kind = control.dataset.check;
    const wrong = text === "" ? control.required && "needed" : kind && !checks[kind](text) && kind;
    tell(control, wrong ? told[wrong] : "");
    if (wrong) first ??= control;
  }
  if (!only) first?.focus();
  return !first;
}

function tell(control, words) {
  control.setAttribute("aria-invalid", words ? "true" : "false");
  const place = control.closest(".box")?.querySelector(".problem");
  if (place) place.textContent = words;
}

// gives what is wrong with fields that the form does not have
export function markProblems(form, problems) {
  const rest = [];
  let first = null;
  for (const [name, words] of Object.entries(problems)) {
    const control = form.querySelector(`[name="${CSS.escape(name)}"], [name^="${CSS.escape(name)}:"]`);
    if (control) { tell(control, words); first ??= control; } else rest.push(words);
  }
  first?.focus();
  return rest;
}
