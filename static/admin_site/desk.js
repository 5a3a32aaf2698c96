/* The translators' desk works without this; it makes typing and choosing quicker. */

import { cookie } from "./presence.js";

const form = document.getElementById("desk_form");

if (form) {
  /* Whoever signed in again in another tab can save here: the form carries the token of that sign-in. */
  form.addEventListener("submit", () => {
    const token = cookie("csrftoken");
    if (token) form.elements.csrfmiddlewaretoken.value = token;
  });

  /* Before the editor takes the keys for a line break. */
  const saveAndNext = (event) => {
    if (event.key !== "Enter" || !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(form.querySelector("[data-save-next]"));
  };
  form.addEventListener("keydown", saveAndNext, { capture: true });

  const count = (field) => {
    const place = document.querySelector(`[data-length-of="${field.id}"]`);
    if (place) place.textContent = `${field.value.length} / ${field.dataset.limit}`;
  };
  for (const field of form.querySelectorAll("[data-limit]")) {
    count(field);
    field.addEventListener("input", () => count(field));
  }

  document.addEventListener("prose-editor:ready", ({ target, detail }) => {
    detail.editor.on("create", () => {
      target.closest(".prose-editor").querySelector(".ProseMirror[contenteditable]").lang = target.lang;
    });
  });
}

for (const all of document.querySelectorAll("[data-select-all]")) {
  const boxes = all.closest("form").querySelectorAll('input[name="entry"]');
  all.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
}
