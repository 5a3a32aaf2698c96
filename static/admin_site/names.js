/* Names for fields that have none for a screen reader: in the tables of rows, whose headings are not labels, in the two halves
   of a moment, and in the rich-text editor, whose label belongs to the hidden field. */

const FIELDS = "input:not([type=hidden]), select, textarea";

function nameFields() {
  for (const cell of document.querySelectorAll(".tabular tr.form-row td[class]")) {
    const column = [...cell.parentElement.children].indexOf(cell);
    const heading = cell.closest("table").tHead.rows[0].cells[column]?.textContent.trim();
    for (const field of cell.querySelectorAll(FIELDS)) {
      if (heading && !field.hasAttribute("aria-label")) field.setAttribute("aria-label", heading);
    }
  }
  for (const half of document.querySelectorAll(".datetime input:not([aria-label])")) {
    const legend = half.closest("fieldset, .form-row").querySelector("legend, label")?.textContent.trim();
    if (legend) half.setAttribute("aria-label", `${legend} ${half.previousSibling?.textContent.trim() ?? ""}`.trim());
  }
}

document.addEventListener("DOMContentLoaded", nameFields);
document.addEventListener("formset:added", nameFields);
document.addEventListener("prose-editor:ready", ({ target, detail }) => {
  const label = document.querySelector(`label[for="${target.id}"]`)?.textContent.trim();
  detail.editor.on("create", () => {
    const surface = target.closest(".prose-editor").querySelector(".ProseMirror[contenteditable]");
    if (label) surface.setAttribute("aria-label", label.replace(/:$/, ""));
  });
});
