/* A list that refines in place: the form, the removal of filters, the order and the pages ask the server for the
   listing alone (htmx), and what changed is taken over. Without htmx the form and the links are plain ones. */

import { startFacets } from "./facets.js";

const TYPING = 400; // milliseconds after the last key
const NARROW = matchMedia("(width < 56rem)"); // as in filter.css

const listing = document.getElementById("listing");
const form = document.getElementById("filter");
const sheet = form?.querySelector(".sheet");
const searchTerm = form?.elements.q;

let shown = here(); // the address whose results are on the page
let entry = null; // what made the present entry of the history: "typing", "sheet", or one single change

if (listing && window.htmx) {
  forgetAddress();
  startFacets(form);
  startSheet();
  startRefining();
  form.classList.add("filter--live");
}

/* htmx stores the address of the page for a history of its own, which is not in use. Nothing is kept on the device. */
function forgetAddress() {
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // Where storing is forbidden, nothing has been stored.
  }
}

function here() {
  return addressOf(location.href);
}

function addressOf(path) {
  const url = new URL(path, location.href);
  return url.pathname + url.search;
}

let answer = null; // of the server, as a page

function startRefining() {
  let timer;
  const refine = () => form.requestSubmit();

  const refineIn = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(refine, milliseconds);
  };

  listing.addEventListener("change", ({ target }) => {
    // Enter in a field is a change, too, before it submits the form.
    if (target.form === form && target.name && target !== searchTerm) refineIn(0);
  });
  // Where suggestions show while somebody types, results wait for Enter.
  if (!("suggestions" in searchTerm.dataset)) searchTerm.addEventListener("input", () => refineIn(TYPING));
  form.addEventListener("submit", ({ submitter }) => {
    clearTimeout(timer);
    if (submitter && sheet.open) showResults(); // Enter was pressed
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    entry = null;
    // Another part of the same page is no other list.
    if (here() !== shown) htmx.ajax("GET", here(), { source: listing });
  });

  listing.addEventListener("htmx:configRequest", ({ detail }) => leaveOutUnused(detail.formData));
  listing.addEventListener("htmx:beforeRequest", (event) => {
    const { requestConfig, pathInfo } = event.detail;
    const nothingNew = requestConfig.elt === form && addressOf(pathInfo.finalRequestPath) === shown;
    if (nothingNew) event.preventDefault();
    document.getElementById("results").ariaBusy = nothingNew ? null : "true";
  });
  listing.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.isError) return;
    remember(addressOf(detail.pathInfo.finalRequestPath));
    answer = new DOMParser().parseFromString(detail.serverResponse, "text/html");
    takeOver(answer, detail.requestConfig.elt === form ? document.activeElement : null);
  });
  listing.addEventListener("htmx:afterSwap", ({ detail }) => arrive(detail.requestConfig.elt));
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"]) {
    listing.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
  }
}

/* Fields that say nothing stay out of the address. */
function leaveOutUnused(fields) {
  const usual = form.elements.sort?.options[0].value;
  for (const [name, value] of [...fields]) {
    if (value === "" || (name === "sort" && value === usual)) fields.delete(name);
  }
}

/* A word typed with pauses, or all that is chosen in the sheet, is one step back. */
function remember(address) {
  shown = address;
  if (address === here()) return;
  const made = sheet.open ? "sheet" : document.activeElement === searchTerm ? "typing" : null;
  history[made && made === entry ? "replaceState" : "pushState"](null, "", address);
  entry = made;
}

/* What changes outside the results. The fields themselves stay, with the focus, and what is being typed into one. */
function takeOver(fresh, typed) {
  const fields = new Map();
  for (const field of fresh.getElementById("filter").elements) fields.set(keyOf(field), field);
  for (const field of form.elements) {
    const other = field.name && fields.get(keyOf(field));
    if (!other) continue;
    if (field.type === "checkbox") takeOverOption(field, other);
    else if (field !== typed) field.value = other.value;
  }
  for (const now of form.querySelectorAll("[data-live]")) {
    const then = fresh.querySelector(`[data-live="${now.dataset.live}"]`);
    now.hidden = then.hidden;
    if (now.href) now.href = then.href;
    if (!now.querySelector("[data-live]") && !now.matches("fieldset")) now.textContent = then.textContent;
  }
  document.querySelector(".footer__origin")?.replaceWith(fresh.querySelector(".footer__origin"));
  for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search;
}

function keyOf(field) {
  return field.type === "checkbox" ? `${field.name}=${field.value}` : field.name;
}

function takeOverOption(field, other) {
  const now = field.closest("li");
  const then = other.closest("li");
  const further = then.classList.contains("facet__further");
  // What can be seen is not put away.
  if (now.hidden || !further) now.classList.toggle("facet__further", further);
  field.checked = other.checked;
  now.hidden = then.hidden;
  now.querySelector(".option__count").textContent = then.querySelector(".option__count").textContent;
}

/* The focus stays in the form; whoever followed a link goes on at the results. */
function arrive(trigger) {
  const title = document.getElementById("results-title");
  if (trigger.matches("a") && !sheet.open) {
    title.focus({ preventScroll: true });
    if (trigger.closest(".pagination")) scrollToResults();
  } else {
    form.querySelector("[data-news]").textContent = title.textContent;
    if (sheet.contains(trigger)) sheet.querySelector("[data-show]").focus();
  }
  if (trigger === form && !sheet.open && title.getBoundingClientRect().bottom < 0) scrollToResults();
  const filter = new URLSearchParams(location.search);
  for (const name of ["page", "sort"]) filter.delete(name);
  document.dispatchEvent(new CustomEvent("listing:changed", { detail: { query: filter.toString(), page: answer } }));
}

function scrollToResults() {
  document.getElementById("results").scrollIntoView({ behavior: "instant" });
}

/* On a phone the fields lie in a sheet over the page. */
function startSheet() {
  const panel = form.querySelector(".filter__panel");
  const body = form.querySelector(".filter__body");

  form.querySelector(".filter__summary").addEventListener("click", (event) => {
    if (!NARROW.matches) return;
    event.preventDefault();
    panel.open = false;
    entry = null;
    sheet.querySelector(".sheet__body").append(body);
    sheet.showModal();
  });
  sheet.addEventListener("close", () => panel.append(body));
  sheet.addEventListener("click", ({ target }) => {
    if (target === sheet || target.closest("[data-close]")) sheet.close();
    if (target.closest("[data-show]")) showResults();
  });
  const settle = () => {
    sheet.close();
    panel.open = !NARROW.matches; // as the styles show it
  };
  NARROW.addEventListener("change", settle);
  settle();
}

function showResults() {
  sheet.close();
  document.getElementById("results-title").focus({ preventScroll: true });
  scrollToResults();
}
