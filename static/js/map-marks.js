/* The marks of members of chosen networks: the same shapes as in the legend, which the server draws. */

const BOX = "-11 -11 22 22";
const NAMESPACE = "http://www.w3.org/2000/svg";

/* The numbers of the marks that bits stand for, the lowest first. */
export function marksIn(bits = 0) {
  return [1, 2, 3].filter((mark) => bits & (1 << (mark - 1)));
}

/* Whether bits say that organisations have their seats there, which is the bit after those of the marks. */
export function isSeat(bits = 0) {
  return Boolean(bits & 8);
}

/* draw(marks, core): an SVG of marks, one on another; with a core it is a featured city.
   tell(place): the name of a place with those of its networks, where there are several on the map, and with what says
   that it is a seat. */
export function signsOf(figure) {
  const legend = (selector) => figure.querySelectorAll(`.map__legend ${selector}`);
  return {
    draw(marks, core = false) {
      const sign = made("svg", { class: "map-point__marks", viewBox: BOX, "aria-hidden": "true" });
      for (const mark of [...marks].reverse()) {
        for (const shape of legend(`.map__mark--${mark}`)) sign.append(shape.cloneNode());
      }
      if (core) sign.append(made("circle", { class: "map__core", r: 3 }));
      return sign;
    },
    tell({ name, marks, seat }) {
      const told = entriesOf(figure, { marks: legend("[data-mark]").length < 2 ? [] : marks, seat });
      return told.length ? `${name} (${told.map((entry) => entry.textContent.trim()).join(", ")})` : name;
    },
  };
}

/* The entries of the legend for the marks of a place: the names of its networks, and that it is a seat. */
export function entriesOf(figure, { marks, seat }) {
  const keys = [...marks.map((mark) => `[data-mark="${mark}"]`), ...(seat ? ["[data-seat]"] : [])];
  return keys.map((key) => figure.querySelector(`.map__legend ${key}`)).filter(Boolean);
}

export function made(name, attributes) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
