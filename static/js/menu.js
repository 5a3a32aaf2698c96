/* A menu in a details element closes as people expect: by Escape, and when they turn to something else. */

const OPEN = "details[data-menu][open]";

addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(OPEN);
  if (!menu) return;
  const within = menu.contains(document.activeElement);
  menu.open = false;
  if (within) menu.querySelector("summary").focus();
});

for (const turn of ["pointerdown", "focusin"]) {
  addEventListener(turn, (event) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
