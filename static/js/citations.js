// Opens a source where it is cited. Without this script, or without popovers, the number leads to the list of sources.

const GAP = 6; // pixels between a number and its source

class Source {
  constructor() {
    this.box = document.createElement("div");
    this.box.className = "cited";
    this.box.popover = "auto";
    this.box.tabIndex = -1;
    this.box.setAttribute("role", "dialog");
    // A click on the number closes the box as any click beside it does; the same click must not open it again.
    this.box.addEventListener("beforetoggle", (event) => {
      if (event.newState === "closed") {
        this.link.setAttribute("aria-expanded", "false");
        this.closed = { link: this.link, time: event.timeStamp };
      }
    });
    this.box.addEventListener("click", (event) => {
      if (event.target.closest('a[href^="#"]')) {
        this.box.hidePopover();
      }
    });
  }

  open(link, entry) {
    this.link = link;
    this.box.replaceChildren(...entry.content);
    this.box.setAttribute("aria-label", link.textContent);
    link.setAttribute("aria-expanded", "true");
    link.closest(".cite").after(this.box);
    this.box.showPopover();
    this.place(link.getBoundingClientRect());
    this.box.focus({ preventScroll: true });
  }

  // Below the number, or above it where there is more room; never beyond the edges of the window.
  place(number) {
    const { clientWidth, clientHeight } = document.documentElement;
    const { width, height } = this.box.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(number.left - 2 * GAP, clientWidth - width - GAP));
    const below = number.bottom + GAP + height <= clientHeight || number.top < clientHeight / 2;
    this.box.style.left = `${left + window.scrollX}px`;
    this.box.style.top = `${(below ? number.bottom + GAP : number.top - GAP - height) + window.scrollY}px`;
  }

  // Whether this very click has closed the box.
  justClosed(link, time) {
    const closed = this.closed;
    this.closed = null;
    return closed?.link === link && time - closed.time < 400;
  }
}

// What the list says about a source, without the ways back, and a way to the list.
function entryOf(link) {
  const item = document.querySelector(link.hash);
  if (!item) {
    return null;
  }
  const copy = item.cloneNode(true);
  copy.querySelector(".source__back")?.remove();
  const more = document.createElement("a");
  more.href = link.hash;
  more.className = "cited__more";
  more.textContent = item.closest("[data-all-sources]")?.dataset.allSources ?? link.textContent;
  return { content: [...copy.childNodes, more] };
}

if (HTMLElement.prototype.hasOwnProperty("popover")) {
  const source = new Source();
  for (const link of document.querySelectorAll("[data-cite]")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-cite]");
    const entry = link && !event.ctrlKey && !event.metaKey && !event.shiftKey && entryOf(link);
    if (entry) {
      event.preventDefault();
      const byKeyboard = event.detail === 0; // which closes nothing by itself
      if (byKeyboard || !source.justClosed(link, event.timeStamp)) {
        source.open(link, entry);
      }
    }
  });
}
