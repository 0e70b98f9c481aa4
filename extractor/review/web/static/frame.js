// What every page does: the language link comes back to this page, a new name is sent when it is left.
const here = () => location.pathname + location.search + location.hash;
document.querySelector("[data-language]")?.addEventListener("click", (event) => {
  const link = event.currentTarget;
  link.href += `?back=${encodeURIComponent(here())}`;
});
document.querySelector(".who [name=reviewer]")?.addEventListener("change", (event) => {
  event.target.form.elements.next.value = here();
  event.target.form.submit();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.querySelector("[data-filter]")?.focus();
  }
});
