/* Nothing typed is lost: what a person types into a form stays in this browser until it is saved, and is offered again after a
   lost connection, an ended session or a page left by mistake. Kept for each person and address, for a week at most, and
   gone when the person signs out. For forms of entries and every form with data-draft; never for passwords. */

const PREFIX = "draft:";
const SENT = "draft sent";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 500;

/* What a form was opened with, so that a restored draft does not overwrite what others have written since. */
const MARKS = 'input[type="hidden"]:is([name$="opened_with"], [name^="seen:"])';
const TYPED = 'textarea[name], input[name]:is([type="text"], [type="url"], [type="email"], [type="number"], [type="search"], :not([type]))';

const person = document.querySelector("#user-tools strong")?.textContent.trim();
const key = `${PREFIX}${person}:${location.pathname}`;

/* A browser may forbid to keep anything; then forms work as they do without this. */
const store = {
  read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      /* full or forbidden */
    }
  },
  remove(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      /* forbidden */
    }
  },
  drafts() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
};

const fieldsOf = (form, selector) =>
  [...form.querySelectorAll(selector)].filter((field) => !field.disabled && !field.name.includes("__prefix__"));

const valuesOf = (form, selector) => Object.fromEntries(fieldsOf(form, selector).map(({ name, value }) => [name, value]));

const normal = (value) => value.replace(/\r\n/g, "\n").trim();

function keep(form) {
  const marks = valuesOf(form, MARKS);
  let waiting = null;
  const write = () => {
    clearTimeout(waiting);
    waiting = null;
    const typed = fieldsOf(form, TYPED).filter((field) => normal(field.value) !== normal(field.defaultValue));
    if (!typed.length) return;
    store.write(key, { at: Date.now(), typed: Object.fromEntries(typed.map(({ name, value }) => [name, value])), marks });
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, PAUSE);
  });
  addEventListener("pagehide", () => {
    if (waiting) write();
  });
  form.addEventListener("submit", () => {
    write();
    sessionStorage.setItem(SENT, key);
  });
  document.getElementById("logout-form")?.addEventListener("submit", () => {
    clearTimeout(waiting);
    waiting = null;
  });
}

/* Once the site says that it has saved what was sent, the draft has served. */
function forgetWhatIsSaved() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent || !person) return;
  sessionStorage.removeItem(SENT);
  if (document.querySelector(".messagelist .success") && !document.querySelector(".messagelist .error")) store.remove(sent);
}

function forgetWhatIsOld() {
  for (const name of store.drafts()) {
    if (!(Date.now() - store.read(name)?.at < WEEK)) store.remove(name);
  }
}

function offer(form) {
  const draft = store.read(key);
  if (!draft) return;
  const now = valuesOf(form, TYPED);
  const lost = Object.entries(draft.typed).filter(([name, value]) => normal(now[name] ?? "") !== normal(value));
  if (!lost.length) return;
  const time = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const note = document.createElement("p");
  note.className = "draft";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = gettext("What you typed here on {time} was not saved.").replace("{time}", time);
  note.append(text, button("Restore it", () => restore(form, lost, draft.marks)), button("Discard it", () => store.remove(key)));
  form.prepend(note);

  function button(words, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button";
    element.textContent = gettext(words);
    element.addEventListener("click", () => {
      act();
      note.remove();
    });
    return element;
  }
}

function restore(form, typed, marks) {
  for (const [name, value] of typed) {
    const field = form.elements[name] ?? addedRow(form, name);
    if (!field || field.disabled) continue;
    const editor = field.closest(".prose-editor")?.querySelector(".ProseMirror[contenteditable]")?.editor;
    if (editor) editor.commands.setContent(value);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const [name, value] of Object.entries(marks)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

/* The field of a row that was added in the browser: the row is added again. */
function addedRow(form, name) {
  const [, rows, number] = name.match(/^(.+)-(\d+)-/) ?? [];
  const add = rows && document.querySelector(`#${CSS.escape(rows)}-group .add-row a`);
  for (let tries = 0; add && tries <= Number(number) && !form.elements[name]; tries += 1) add.click();
  return form.elements[name];
}

function start() {
  forgetWhatIsOld();
  forgetWhatIsSaved();
  document.getElementById("logout-form")?.addEventListener("submit", () => store.drafts().forEach(store.remove));
  const form = document.querySelector('form[data-draft], .change-form #content-main form[id$="_form"]');
  if (!form || !person || form.querySelector('input[type="password"]')) return;
  keep(form);
  /* Once the scripts of the page have made their tabs and editors. */
  if (document.readyState === "complete") offer(form);
  else addEventListener("load", () => offer(form));
}

start();
