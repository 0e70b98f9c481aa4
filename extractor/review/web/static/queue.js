// A file that is given on the queue's page goes through the JSON interface; its page opens when it is extracted.
const form = document.querySelector("[data-intake]");
const told = form.querySelector("[role=status]");

async function send(file) {
  const body = new FormData(form);
  body.set("file", file);
  form.querySelector("button").disabled = true;
  told.textContent = form.dataset.busy;
  const csrf = document.querySelector("meta[name=csrf]").content;
  try {
    const reply = await fetch("/api/documents", { method: "POST", headers: { "X-CSRF-Token": csrf }, body });
    const answer = await reply.json();
    if (reply.ok) location.href = `/documents/${answer.document.id}`;
    else told.textContent = answer.error ?? form.dataset.failed;
  } catch {
    told.textContent = form.dataset.failed;
  }
  form.querySelector("button").disabled = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [file] = form.elements.file.files;
  if (file) send(file);
});
