// What every page does: the language link comes back to this page, a new name is sent when it is left.
document.querySelector("[data-language]")?.addEventListener("click", (event) => {
  const link = event.currentTarget;
  link.href += `?back=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
});
document.querySelector(".who [name=reviewer]")?.addEventListener("change", (event) => event.target.form.submit());
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.querySelector("[data-filter]")?.focus();
  }
});
