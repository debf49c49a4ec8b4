/* Forms that outlive a cut of the line. Only fields marked data-keep are kept, never a
   personal identifier; under the user's own key; for a week; until the form is accepted. */
(() => {
  "use strict";
  const WEEK = 7 * 864e5, body = document.body, prefix = "kept:" + (body.dataset.keeper || "-") + ":";
  const key = (form) => prefix + location.pathname + ":" + form.dataset.keep;
  const fields = (form) => [...form.querySelectorAll("[data-keep]")].filter((f) => f.name);
  const form = (event) => event.target.closest && event.target.closest("form[data-keep]");

  function save(event) {
    const kept = form(event);
    if (!kept || !event.target.matches("[data-keep]")) return;
    const texts = Object.fromEntries(fields(kept).map((f) => [f.name, f.value]));
    try { localStorage.setItem(key(kept), JSON.stringify({ at: Date.now(), texts })); } catch { /* full */ }
  }

  function restore(kept) {
    let draft;
    try { draft = JSON.parse(localStorage.getItem(key(kept))); } catch { /* not ours */ }
    if (!draft || Date.now() - draft.at > WEEK) return localStorage.removeItem(key(kept));
    const changed = fields(kept).filter((f) => draft.texts[f.name] && draft.texts[f.name] !== f.value);
    changed.forEach((f) => { f.value = draft.texts[f.name]; });
    if (!changed.length) return;
    const note = document.getElementById("kept-note").content.firstElementChild.cloneNode(true);
    note.querySelector("button").onclick = () => { localStorage.removeItem(key(kept)); kept.reset(); note.remove(); };
    kept.prepend(note);
  }

  const forget = () => Object.keys(localStorage).filter((k) => k.startsWith(prefix)).forEach((k) => localStorage.removeItem(k));
  const load = () => document.querySelectorAll("form[data-keep]").forEach(restore);

  /* The line is cut: say so, leave the page as it is, offer to send again. */
  const bar = document.getElementById("line-cut");
  let again = null;
  const cut = (event) => { again = event.detail.elt; document.getElementById("line-cut").hidden = false; };
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => body.addEventListener(name, cut));

  body.addEventListener("click", (event) => {
    if (!event.target.closest("#line-cut button") || !again) return;
    document.getElementById("line-cut").hidden = true;
    if (again.requestSubmit) again.requestSubmit(); else again.click();
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const sent = event.detail.elt, xhr = event.detail.xhr;
    if (event.detail.successful && sent.matches("form[data-keep]") && !xhr.responseText.includes("data-invalid"))
      localStorage.removeItem(key(sent));
  });
  body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt !== body && event.target !== body) return;
    load();
    const first = document.querySelector(".summary") || document.getElementById("main");
    if (first) first.focus();
  });
  body.addEventListener("input", save);
  body.addEventListener("submit", (event) => { if (event.target.matches("[data-forget]")) forget(); });
  void bar; load();
})();
