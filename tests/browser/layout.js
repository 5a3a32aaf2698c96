/* What is wrong with the layout of the page as it stands, as a list of sentences: wider than the window, text that is
   cut off, texts that lie on each other. What is hidden on purpose, scrolled away or part of a map is left out. */
async () => {
  const EDGE = 2; // px that boxes of letters may reach into each other: their line boxes are higher than the letters
  const LEFT_OUT = "script, style, template, option, .map, svg, .visually-hidden, .skip-link";
  const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  const problems = [];
  const name = (element) => {
    const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName}${element.className?.trim?.() ? ` class="${element.className}"` : ""}> “${text}”`;
  };

  const root = document.documentElement;
  const needed = () => root.scrollWidth;
  await new Promise(requestAnimationFrame); // scripts hear of a new width
  needed(); // the browser asks for the fonts that are needed now
  await document.fonts.ready;
  if (needed() > innerWidth) problems.push(`needs ${needed()} px`);

  const within = (one, other) => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });

  /* Of an element, known once: through which frame it is seen, cut by all boxes around it that clip or scroll, and
     whether it floats over the page. */
  const known = new Map();
  function placed(element) {
    if (!element) return { frame: EVERYWHERE, floats: false };
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const around = placed(element.parentElement);
      const clips = style.overflowX !== "visible" || style.overflowY !== "visible" || style.clipPath !== "none";
      let frame = style.position === "fixed" ? EVERYWHERE : around.frame;
      if (clips && element !== root) frame = within(frame, element.getBoundingClientRect());
      known.set(element, { frame, floats: around.floats || ["fixed", "sticky"].includes(style.position) });
    }
    return known.get(element);
  }

  const boxes = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(LEFT_OUT)) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    range.selectNodeContents(node);
    const { frame, floats } = placed(element);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.height < 1) continue;
      const seen = within(line, frame);
      if (seen.right - seen.left < 1 || seen.bottom - seen.top < 1) continue;
      const isCut = seen.left - line.left > EDGE || line.right - seen.right > EDGE;
      const isOutside = line.right > innerWidth + EDGE || line.left < -EDGE;
      if ((isCut || isOutside) && !element.closest("pre, .scroll, table")) {
        if (isCut && getComputedStyle(element).textOverflow !== "ellipsis") problems.push(`cut off: ${name(element)}`);
        if (isOutside) problems.push(`outside the window: ${name(element)}`);
      }
      if (!floats) boxes.push({ ...seen, element });
    }
  }

  const related = (one, other) => one.contains(other) || other.contains(one);
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, first) => {
    for (let second = first + 1; second < boxes.length && boxes[second].top < one.bottom - EDGE; second++) {
      const other = boxes[second];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide <= EDGE || high <= EDGE + 0.25 * Math.min(one.bottom - one.top, other.bottom - other.top)) continue;
      if (!related(one.element, other.element)) problems.push(`on each other: ${name(one.element)} and ${name(other.element)}`);
    }
  });
  return [...new Set(problems)];
}
