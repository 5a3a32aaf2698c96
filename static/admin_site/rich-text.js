/* The rich-text editor under our roof. It writes a style element unless it finds its own; the Content-Security-Policy allows
   none, so it finds an element of that name that is no HTML and does nothing, and forms.css has the rules. */

const own = document.createElementNS(null, "style");
own.setAttribute("data-tiptap-style", "");
document.head.append(own);

/* Scripts ask Django's gettext for their words, the editor as soon as it is loaded; ours come first. */
const words = {};
const djangosWords = window.gettext;
window.gettext = (text) => words[text] ?? djangosWords?.(text) ?? text;
document.addEventListener("DOMContentLoaded", () => {
  const given = document.getElementById("script-words");
  if (given) Object.assign(words, JSON.parse(given.textContent));
});

/* The buttons of the editor come with English names, and again whenever they change. */
document.addEventListener("prose-editor:ready", ({ target, detail }) => {
  detail.editor.on("create", () => setTimeout(() => {
    const bar = target.closest(".prose-editor").querySelector(".prose-menubar");
    nameButtons(bar);
    new MutationObserver(() => nameButtons(bar)).observe(bar, { subtree: true, childList: true, attributeFilter: ["title"] });
  }));
});

function nameButtons(bar) {
  for (const button of bar.querySelectorAll("button[title]")) {
    const name = gettext(button.title);
    if (name !== button.title) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
}
