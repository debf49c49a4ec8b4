/* Forms that outlive a cut of the line. Only fields marked data-keep are kept, never a
   personal identifier; under the user's own key; for a week; until the form is accepted. */
(() => {
  "use strict";
  const WEEK = 7 * 864e5, body = document.body, bar = () => document.getElementById("line-cut");
  const mine = "kept:" + (body.dataset.keeper || "-") + ":";
  const key = (form) => mine + location.pathname + ":" + form.dataset.keep;
  const fields = (form) => [...form.querySelectorAll("[data-keep]")];
  const sender = (event) => (event.detail.requestConfig || event.detail).elt;

  body.addEventListener("input", ({ target }) => {
    const form = target.matches("[data-keep]") && target.closest("form[data-keep]");
    if (!form) return;
    const texts = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
    try { localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), texts })); } catch { /* full */ }
  });

  function restore(form) {
    const { at, texts } = JSON.parse(localStorage.getItem(key(form)) || "{}");
    if (!(Date.now() - at < WEEK)) return localStorage.removeItem(key(form));
    const lost = fields(form).filter((field) => texts[field.name] && texts[field.name] !== field.value);
    if (!lost.length) return;
    lost.forEach((field) => { field.value = texts[field.name]; });
    const note = document.getElementById("kept-note").content.firstElementChild.cloneNode(true);
    note.querySelector("button").onclick = () => {
      localStorage.removeItem(key(form));
      form.reset();
      note.remove();
    };
    form.prepend(note);
  }

  function arrive() {
    document.querySelectorAll("form[data-keep]").forEach(restore);
    (document.querySelector(".summary") || { focus() {} }).focus();
  }

  /* An accepted form is forgotten; signing out forgets all. */
  body.addEventListener("htmx:beforeSwap", (event) => {
    const form = sender(event), { xhr } = event.detail;
    if (form.matches("form[data-keep]") && xhr.status < 400 && !xhr.responseText.includes("data-invalid"))
      localStorage.removeItem(key(form));
  });
  body.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-forget]"))
      Object.keys(localStorage).filter((name) => name.startsWith(mine)).forEach((name) => localStorage.removeItem(name));
  });

  /* The line is cut: say so, leave the page as it is, offer to send again. */
  let cut = null;
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => body.addEventListener(name, (event) => {
    cut = sender(event);
    bar().hidden = false;
  }));
  body.addEventListener("click", ({ target }) => {
    if (!cut || !target.closest("#line-cut button")) return;
    bar().hidden = true;
    if (cut.requestSubmit) cut.requestSubmit(); else cut.click();
  });

  body.addEventListener("htmx:afterSettle", ({ target }) => { if (target === body) arrive(); });
  arrive();
})();
