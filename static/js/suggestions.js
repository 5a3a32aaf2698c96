/* Suggestions while typing: the search field becomes a combobox with a list of links (WAI-ARIA 1.2, list autocomplete).
   What is typed stays what is typed; Enter searches for it unless one has gone to a suggestion with the arrows. */

const LEAST = 2; // letters
const PAUSE = 150; // milliseconds after the last key

for (const field of document.querySelectorAll("[data-suggestions]")) start(field);

function start(field) {
  const box = field.closest(".search, .field");
  const list = box.querySelector(".search__list");
  const news = box.querySelector(".search__news");
  let timer;
  let request = new AbortController();
  let active = null; // the option that Enter opens

  list.id = `${field.id}-list`;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("input", ask);
  field.addEventListener("compositionend", ask);
  field.addEventListener("keydown", (event) => {
    if (!event.isComposing) KEYS[event.key]?.(event);
  });
  field.form?.addEventListener("submit", stop);
  field.addEventListener("blur", stop);
  // The focus stays in the field, else the list would be gone before it is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  addEventListener("pagehide", stop);

  const KEYS = {
    ArrowDown: (event) => move(event, 1),
    ArrowUp: (event) => move(event, -1),
    Enter(event) {
      if (!active) return;
      event.preventDefault();
      active.click();
    },
    Escape(event) {
      // The first one closes the list, the next one empties the field.
      if (list.hidden) return;
      event.preventDefault();
      stop();
    },
  };

  /* What is shown stays until the next answer, so that nothing flickers under the letters. */
  function ask(event) {
    if (event.isComposing) return;
    giveUp();
    const text = field.value.trim();
    if (text.length < LEAST) fill(null);
    else timer = setTimeout(fetchSuggestions, PAUSE, text);
  }

  function giveUp() {
    leaveAsIs();
    choose(null);
  }

  /* The list that somebody chooses from is not replaced by an answer that comes late. */
  function leaveAsIs() {
    clearTimeout(timer);
    request.abort();
  }

  function stop() {
    giveUp();
    show(false);
  }

  async function fetchSuggestions(text) {
    request = new AbortController();
    const { signal } = request;
    try {
      const address = new URL(field.dataset.suggestions, location.href);
      address.searchParams.set("q", text);
      const response = await fetch(address, { signal });
      const answer = response.ok ? await response.text() : "";
      if (!signal.aborted) fill(new DOMParser().parseFromString(answer, "text/html"));
    } catch {
      // Given up for a later text, or not answered: the search itself works without.
      if (!signal.aborted) fill(null);
    }
  }

  function fill(answer) {
    list.replaceChildren(...(answer?.querySelectorAll("[role=option]") ?? []));
    [...list.children].forEach((option, number) => { option.id = `${list.id}-${number}`; });
    show(list.children.length > 0);
    news.textContent = answer?.querySelector("[data-news]")?.textContent ?? "";
  }

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", open);
    if (!open) news.textContent = "";
  }

  /* Down and up through the suggestions; before the first and after the last comes the field itself. */
  function move(event, step) {
    if (!list.children.length) return;
    event.preventDefault();
    show(true);
    const stops = [null, ...list.children];
    choose(stops.at((stops.indexOf(active) + step) % stops.length));
  }

  function choose(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (option) {
      leaveAsIs();
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }
}
