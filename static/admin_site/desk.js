/* The translators' desk works without this; it makes typing and choosing quicker. */

import { cookie } from "./presence.js";

const form = document.getElementById("desk_form");

if (form) {
  /* Whoever signed in again in another tab can save here: the form carries the token of that sign-in. */
  form.addEventListener("submit", () => {
    const token = cookie("csrftoken");
    if (token) form.elements.csrfmiddlewaretoken.value = token;
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save-next]"));
    }
  });

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
      target.closest(".prose-editor").querySelector(".ProseMirror").lang = target.lang;
    });
  });
}

for (const all of document.querySelectorAll("[data-select-all]")) {
  const boxes = all.closest("form").querySelectorAll('input[name="entry"]');
  all.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
}
