/* Who else has the entry open, and whether its texts have changed meanwhile: asked while the page is looked at, told in an
   element with data-presence (the address to ask). data-language is empty in the form of an entry. */

const PAUSE = 30_000;

export const cookie = (name) =>
  document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);

for (const element of document.querySelectorAll("[data-presence]")) {
  const ask = async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({ language: element.dataset.language ?? "" });
    for (const { name, value } of document.querySelectorAll('input[name^="seen:"]')) {
      body.append("seen", `${name.slice("seen:".length)}=${value}`);
    }
    tell(element, await answer(element, body));
  };
  setInterval(ask, PAUSE);
  addEventListener("focus", ask);
  addEventListener("online", ask);
  if (!element.textContent.trim()) ask();
}

/* What there is to tell: the answer of the site, or that there is none. */
async function answer(element, body) {
  try {
    const headers = { "X-CSRFToken": cookie("csrftoken") ?? "" };
    const response = await fetch(element.dataset.presence, { method: "POST", headers, body, redirect: "error" });
    return (await response.json()).message;
  } catch {
    return element.dataset.signedOut;
  }
}

/* Only what is new is said aloud. */
function tell(element, message) {
  if (element.textContent.trim() !== message) element.textContent = message;
}
