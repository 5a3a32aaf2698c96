/* The marks of members of chosen networks: the same shapes as in the legend, which the server draws. */

const BOX = "-11 -11 22 22";
const NAMESPACE = "http://www.w3.org/2000/svg";

/* The numbers of the marks that bits stand for, the lowest first. */
export function marksIn(bits = 0) {
  return [1, 2, 3].filter((mark) => bits & (1 << (mark - 1)));
}

/* draw(marks, core): an SVG of marks, one on another; with a core it is a featured city.
   tell(name, marks): the name of a place with those of its networks, where there are several on the map. */
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
    tell(name, marks) {
      if (legend("[data-mark]").length < 2) return name;
      return `${name} (${namesOf(figure, marks).map((entry) => entry.textContent.trim()).join(", ")})`;
    },
  };
}

/* The entries of the legend for marks: the names of the networks. */
export function namesOf(figure, marks) {
  return marks.map((mark) => figure.querySelector(`.map__legend [data-mark="${mark}"]`)).filter(Boolean);
}

export function made(name, attributes) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
