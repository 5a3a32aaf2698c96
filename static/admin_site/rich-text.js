/* The rich-text editor under our roof. It writes a style element unless it finds its own; the Content-Security-Policy allows
   none, so it finds an element of that name that is no HTML and does nothing, and forms.css has the rules. */

const own = document.createElementNS(null, "style");
own.setAttribute("data-tiptap-style", "");
document.head.append(own);

/* Scripts find their words in Django's catalogue. */
document.addEventListener("DOMContentLoaded", () => {
  const words = document.getElementById("script-words");
  if (words && window.django?.catalog) Object.assign(django.catalog, JSON.parse(words.textContent));
});

/* The buttons of the editor come with English names. */
document.addEventListener("prose-editor:ready", ({ target }) => {
  const bar = target.closest(".prose-editor").querySelector(".prose-menubar");
  const rename = () => {
    for (const button of bar.querySelectorAll("button[title]")) {
      const name = gettext(button.title);
      if (name !== button.title) {
        button.title = name;
        button.setAttribute("aria-label", name);
      }
    }
  };
  rename();
  new MutationObserver(rename).observe(bar, { subtree: true, childList: true, attributeFilter: ["title"] });
});
