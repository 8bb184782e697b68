// Redoc's search opens the section of a hit at its top. This brings what was searched for into view, and marks it.
const dialog = () => document.querySelector('[data-testid="search-dialog"]');
const hits = () => dialog()?.querySelectorAll('[data-component-name="Search/SearchItem"]') ?? [];
const SETTLED = 1000; // ms
const GIVE_UP = 5000; // ms

document.addEventListener(
  "keydown",
  (event) => {
    // Redoc takes a hit only once an arrow key has chosen it.
    if (event.key !== "Enter" || event.target !== dialog()?.querySelector("input")) return;
    const chosen = [...hits()].find((hit) => hit.matches('[aria-selected="true"], [data-selected="true"]'));
    if (!chosen) hits()[0]?.click();
  },
  true,
);

document.addEventListener(
  "click",
  (event) => {
    const hit = event.target.closest?.('[data-component-name="Search/SearchItem"]');
    if (hit) reveal(hit.getAttribute("href"), dialog().querySelector("input").value.trim());
  },
  true,
);

async function reveal(href, query) {
  CSS.highlights?.delete("found");
  const [, address, place = ""] = href.split("#").map(decodeURIComponent);
  const stop = new AbortController();
  // Once the key or the click that chose the hit is done with.
  await new Promise(requestAnimationFrame);
  for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(type, () => stop.abort(), { passive: true, signal: stop.signal });
  }
  // Redoc scrolls, too, as what stands above is filled in: until all has stayed where it is for a while.
  const started = performance.now();
  for (let since = started; !stop.signal.aborted; ) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    const section = document.querySelector(`[data-section-id="${CSS.escape(address)}"]`);
    const range = section && !dialog() && findText(section, query, startOf(place));
    if (!range) {
      since = now;
      if (now - started > GIVE_UP) return;
      continue;
    }
    CSS.highlights?.set("found", new Highlight(range));
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight * 0.8) {
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
      since = now;
    }
    if (now - since > SETTLED || now - started > 2 * GIVE_UP) stop.abort();
  }
}

/** Where in the section a hit is: a parameter, a field, or the answers. */
function startOf(place) {
  return document.getElementById(place) ?? document.getElementById(place.replace(/\/(t=)?response&.*$/, "/responses"));
}

/** The first visible text that holds all of the query, or its longest word. */
function findText(section, query, start) {
  const words = query.split(/\s+/).sort((a, b) => b.length - a.length);
  for (const wanted of [query, ...words].map((text) => text.toLowerCase())) {
    const texts = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = text.data.toLowerCase().indexOf(wanted);
      if (at < 0 || !text.parentElement.checkVisibility()) continue;
      if (
        start &&
        !(
          start.compareDocumentPosition(text) &
          (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)
        )
      )
        continue;
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + wanted.length);
      return range;
    }
  }
}
