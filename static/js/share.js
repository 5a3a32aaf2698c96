/* Copy the address, share it by the device's own sheet, print. The buttons are those of partials/_tools.html. */

const COPIED = 2000; // milliseconds for which the button says so

addEventListener("click", ({ target }) => {
  const button = target.closest("[data-tools] button");
  if (!button) return;
  if ("copy" in button.dataset) copy(button);
  if ("share" in button.dataset) share();
  if ("print" in button.dataset) print();
});

for (const event of ["DOMContentLoaded", "listing:changed"]) document.addEventListener(event, offerSharing);
offerSharing();

function offerSharing() {
  for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    return showAddress(button.closest("[data-tools]"));
  }
  const words = button.textContent;
  if (words === button.dataset.done) return;
  button.textContent = button.dataset.done;
  button.closest("[data-tools]").querySelector("[role=status]").textContent = button.dataset.done;
  setTimeout(() => { button.textContent = words; }, COPIED);
}

/* Where a page may not write to the clipboard, people can. */
function showAddress(tools) {
  const field = tools.querySelector(".tools__address input");
  tools.querySelector(".tools__address").hidden = false;
  field.value = location.href;
  field.focus();
  field.select();
}

async function share() {
  try {
    await navigator.share({ title: document.title, url: location.href });
  } catch {
    // The visitor closed the sheet.
  }
}
