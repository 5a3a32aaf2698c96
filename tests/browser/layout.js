/* What is wrong with the layout of the page as it stands, as a list of sentences: wider than the window, text that is
   cut off, texts that lie on each other. What is hidden on purpose, scrolled away or part of a map is left out. */
() => {
  const EDGE = 2; // px that boxes of letters may reach into each other: their line boxes are higher than the letters
  const problems = [];
  const name = (element) => {
    const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName}${element.className?.trim?.() ? ` class="${element.className}"` : ""}> “${text}”`;
  };

  const needed = document.documentElement.scrollWidth;
  if (needed > innerWidth) problems.push(`needs ${needed} px`);

  /* The part of a box that can be seen through all boxes around it that clip or scroll. */
  function visible(box, element) {
    let { left, top, right, bottom } = box;
    for (let around = element; around && around !== document.documentElement; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.overflowX !== "visible" || style.overflowY !== "visible" || style.clipPath !== "none") {
        const frame = around.getBoundingClientRect();
        left = Math.max(left, frame.left);
        top = Math.max(top, frame.top);
        right = Math.min(right, frame.right);
        bottom = Math.min(bottom, frame.bottom);
      }
      if (style.position === "fixed") break;
    }
    return { left, top, right, bottom };
  }

  function floats(element) {
    for (let around = element; around; around = around.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(around).position)) return true;
    }
    return false;
  }

  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, template, option, .map, svg, .visually-hidden, .skip-link")) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const floating = floats(element);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.height < 1) continue;
      const seen = visible(line, element);
      if (seen.right - seen.left < 1 || seen.bottom - seen.top < 1) continue;
      const scrolls = element.closest("pre, .scroll, table") !== null;
      if (!scrolls && (seen.left - line.left > EDGE || line.right - seen.right > EDGE)) {
        if (getComputedStyle(element).textOverflow !== "ellipsis") problems.push(`cut off: ${name(element)}`);
      }
      if (line.right > innerWidth + EDGE || line.left < -EDGE) {
        if (!scrolls) problems.push(`outside the window: ${name(element)}`);
      }
      if (!floating) boxes.push({ ...seen, element });
    }
  }

  boxes.sort((one, other) => one.top - other.top);
  for (let first = 0; first < boxes.length; first++) {
    const one = boxes[first];
    for (let second = first + 1; second < boxes.length && boxes[second].top < one.bottom - EDGE; second++) {
      const other = boxes[second];
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > EDGE && high > EDGE + 0.25 * Math.min(one.bottom - one.top, other.bottom - other.top)) {
        problems.push(`on each other: ${name(one.element)} and ${name(other.element)}`);
      }
    }
  }
  return [...new Set(problems)];
}
