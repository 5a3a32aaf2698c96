/* The lines of a large graph, painted once: tens of thousands of them would be drawn anew with each step of a finger. */

const MANY = 5000; // edges
const LARGEST = 2000; // pixels of the longer side

export function startFog(live) {
  const { figure, stage, picture } = live;
  const paths = [...figure.querySelectorAll(".graph__lines path")];
  const edges = live.data.nodes.reduce((sum, node) => sum + node.neighbours.length, 0) / 2;
  if (edges < MANY) return;
  const style = getComputedStyle(figure.querySelector(".graph__lines"));
  const [left, top, width, height] = figure.dataset.view.split(" ").map(Number);
  const scale = Math.min(LARGEST / Math.max(width, height), 2);
  const fog = document.createElement("canvas");
  fog.className = "graph__fog";
  fog.width = width * scale;
  fog.height = height * scale;
  const ink = fog.getContext("2d");
  ink.strokeStyle = style.stroke;
  ink.globalAlpha = Number(style.strokeOpacity);
  ink.scale(scale, scale);
  ink.translate(-left, -top);
  ink.lineWidth = 1 / scale;
  for (const path of paths) ink.stroke(new Path2D(path.getAttribute("d")));
  stage.insertBefore(fog, picture);
  figure.classList.add("graph--fog");
  live.fog = ({ x, y, scale: now }) => { fog.style.transform = `translate(${x}px, ${y}px) scale(${now / scale})`; };
}
