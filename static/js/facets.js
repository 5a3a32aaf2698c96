/* Long facets of a filter: a field that finds an option, and a button that shows all. */

// What is left of a letter when its accents are gone; publishing/sorting.py does the same on the server.
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ς: "σ" };

export function startFacets(form) {
  for (const facet of form.querySelectorAll(".facet--long")) {
    startFinding(facet, facet.querySelector(".facet__find input"));
    facet.querySelector(".facet__all").addEventListener("click", ({ currentTarget }) => {
      const open = facet.classList.toggle("facet--open");
      currentTarget.setAttribute("aria-expanded", open);
    });
  }
}

function startFinding(facet, field) {
  const report = facet.querySelector(".facet__found");

  field.addEventListener("input", () => {
    const sought = folded(field.value.trim());
    facet.classList.toggle("facet--finding", sought !== "");
    let found = 0;
    for (const option of facet.querySelectorAll(".facet__options > li")) {
      const fits = folded(option.querySelector(".option__label").textContent).includes(sought);
      option.classList.toggle("facet__miss", !fits);
      if (fits && !option.hidden) found += 1;
    }
    const { found: words, none } = field.dataset;
    report.textContent = sought && (found ? words.replace("{number}", found) : none);
  });
  field.addEventListener("focus", () => {
    // In the sheet of a phone, what is found shows above the keyboard.
    if (facet.closest(".sheet")) facet.scrollIntoView();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      // Not the form is sent: the way leads on to the first option found.
      event.preventDefault();
      if (field.value) facet.querySelector("li:not([hidden], .facet__miss) input")?.focus();
    } else if (event.key === "Escape" && field.value) {
      // Only the field is cleared; the sheet stays open.
      event.preventDefault();
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\x00-\x7f]/g, (letter) => PLAIN[letter] ?? letter);
}
