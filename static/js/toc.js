// Marks the section that is being read in the table of contents, and closes the table on a phone once it has led there.

const WIDE = window.matchMedia("(width >= 72rem)"); // the table stands beside the text
const BESIDE = window.matchMedia("(width >= 56rem)"); // the margin does

for (const toc of document.querySelectorAll("[data-toc]")) {
  const links = [...toc.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

  // The last heading above the uppermost part of the window, or in the whole of it where the page ends. What stands in
  // the margin accompanies the text.
  const current = () => {
    const { clientHeight, scrollHeight, scrollTop } = document.documentElement;
    const line = scrollTop + clientHeight > scrollHeight - 2 ? clientHeight : clientHeight / 6;
    return headings.findLastIndex(
      (heading) =>
        heading.getBoundingClientRect().top < line && !(BESIDE.matches && heading.closest(".record__margin")),
    );
  };

  const mark = () => {
    const place = current();
    links.forEach((link, number) => {
      if (number === place) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    });
  };

  // Headings pass the line only while the page scrolls: asking once in a frame is enough.
  let waiting = false;
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    }
  };

  document.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  mark();

  toc.addEventListener("click", (event) => {
    if (event.target.closest("a") && !WIDE.matches) {
      toc.querySelector("details").open = false;
    }
  });
}
