/* What the language tabs of modeltranslation lack: a name for the switch above them, marks on tabs without text, and
   a way to stay in a language from one entry to the next. */

const REMEMBERED = "language of the texts";

const isEmpty = (panel) =>
  [...panel.querySelectorAll(".mt")].every((field) => field.value.replace(/<[^>]*>/g, "").trim() === "");

const markEmpty = () => {
  for (const tab of document.querySelectorAll(".ui-tabs-nav a.ui-tabs-anchor")) {
    const panel = document.getElementById(tab.hash.slice(1));
    if (panel) tab.classList.toggle("lacks-text", isEmpty(panel));
  }
};

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
  markEmpty();
  document.addEventListener("input", markEmpty);
  document.addEventListener("formset:added", () => setTimeout(markEmpty));
}));
