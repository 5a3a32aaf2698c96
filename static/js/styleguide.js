/* Shows components as they look when they are pointed at, focused or pressed: the site's own rules for these states apply to
   copies that carry a class in place of the state. */

const STATES = ["hover", "focus-visible", "active"];
const STATE = /:(hover|focus-visible|focus-within|focus|active)\b/g;
const CONTROL = "a[href], button, summary, input, select";

for (const sheet of document.styleSheets) repeat(sheet);
for (const specimen of document.querySelectorAll("[data-states]")) show(specimen);

/* Each rule for a state a second time, for the class that stands for it. */
function repeat(group) {
  for (let place = group.cssRules.length - 1; place >= 0; place--) {
    const rule = group.cssRules[place];
    if (rule.styleSheet) repeat(rule.styleSheet);
    else if (rule.selectorText?.match(STATE)) {
      const selector = rule.selectorText.replaceAll(STATE, ".is-$1");
      group.insertRule(`${selector} { ${rule.style.cssText} }`, place + 1);
    } else if (rule.cssRules?.length) repeat(rule);
  }
}

/* What is pointed at or pressed are the control and all it lies in; what has the focus is the control alone. */
function put(state, control, frame) {
  const focus = state === "focus-visible";
  if (focus) control?.classList.add("is-focus", "is-focus-visible");
  for (let element = control; element && element !== frame; element = element.parentElement) {
    element.classList.add(focus ? "is-focus-within" : `is-${state}`);
  }
}

function show(specimen) {
  const states = Object.assign(document.createElement("div"), { className: "states", inert: true });
  for (const state of STATES) {
    const copy = specimen.cloneNode(true);
    copy.removeAttribute("data-states");
    for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
    put(state, copy.querySelector(CONTROL), copy);
    const label = Object.assign(document.createElement("code"), { className: "states__name", textContent: `:${state}` });
    label.translate = false;
    states.append(label, copy);
  }
  specimen.after(states);
}
