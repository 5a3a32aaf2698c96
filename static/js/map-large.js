/* The map over the whole window, for phones above all: opened and closed by one button, closed by Escape and by the
   gesture or key that goes back, where the browser tells pages of it (CloseWatcher). */

export function addLarge(live) {
  const { figure, stage } = live;
  const button = live.part("tools").querySelector("[data-do=large]");
  if (!figure.showPopover) return void (button.hidden = true);
  let restore = null;

  button.addEventListener("click", () => (restore ? close() : open()));
  stage.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
  live.closeLarge = () => restore && close();

  function open() {
    const room = figure.parentElement.style;
    const others = beside(figure);
    const watcher = window.CloseWatcher && new CloseWatcher();
    watcher?.addEventListener("close", close);
    room.minBlockSize = `${figure.parentElement.offsetHeight}px`; // the page below stays where it is
    for (const element of others) element.inert = true;
    figure.popover = "manual";
    figure.showPopover();
    restore = () => {
      watcher?.destroy();
      figure.hidePopover();
      figure.removeAttribute("popover");
      for (const element of others) element.inert = false;
      room.minBlockSize = "";
    };
    show(true);
  }

  function close() {
    if (!restore) return;
    restore();
    restore = null;
    show(false);
  }

  function show(large) {
    figure.classList.toggle("map--large", large);
    document.documentElement.classList.toggle("has-large-map", large);
    button.setAttribute("aria-label", large ? button.dataset.close : button.dataset.open);
    button.title = button.getAttribute("aria-label");
    button.focus();
  }
}

/* Everything on the page that neither holds the element nor is held by it, and can be used. */
function beside(element) {
  const others = [];
  for (let held = element; held !== document.body; held = held.parentElement) {
    others.push(...[...held.parentElement.children].filter((other) => other !== held && !other.inert));
  }
  return others;
}
