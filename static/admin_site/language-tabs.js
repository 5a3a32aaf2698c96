/* What the language tabs of modeltranslation lack: a name for the switch above them, the state of each text at its tab, and
   a way to stay in a language from one entry to the next. */

const REMEMBERED = "language of the texts";

const isEmpty = (panel) =>
  [...panel.querySelectorAll(".mt")].every((field) => field.value.replace(/<[^>]*>/g, "").trim() === "");

/* A new entry has no states yet; there a tab says whether it holds text. */
const given = JSON.parse(document.getElementById("field-states")?.textContent ?? '{"states": {}, "words": {}}');

const markTabs = () => {
  for (const tab of document.querySelectorAll(".ui-tabs-nav a.ui-tabs-anchor")) {
    const panel = document.getElementById(tab.hash.slice(1));
    if (!panel) continue;
    tab.classList.toggle("lacks-text", isEmpty(panel));
    const state = given.states[panel.id.replace(/^tab_/, "")];
    if (state && !tab.dataset.state) nameState(tab, state);
  }
};

function nameState(tab, state) {
  tab.dataset.state = state;
  tab.title = `${tab.title}: ${given.words[state]}`;
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = ` ${given.words[state]}`;
  tab.append(words);
}

django.jQuery(() => setTimeout(() => {
  const choice = document.getElementById("modeltranslation-main-switch");
  if (!choice) return;
  choice.setAttribute("aria-label", gettext("Language of the texts"));
  const codes = [...choice.options].map((option) => option.text);
  const start = codes.indexOf(sessionStorage.getItem(REMEMBERED) || document.documentElement.lang);
  if (!document.querySelector(".errornote") && start >= 0) {
    choice.value = String(start);
    django.jQuery(choice).trigger("change");
  }
  choice.addEventListener("change", () => sessionStorage.setItem(REMEMBERED, codes[choice.value]));
  markTabs();
  document.addEventListener("input", markTabs);
  document.addEventListener("formset:added", () => setTimeout(markTabs));
}));

/* A version of a text is chosen by a click anywhere on it. */
document.addEventListener("click", ({ target }) => {
  const radio = target.closest(".versions__one")?.querySelector("input");
  if (radio) radio.checked = true;
});
