// What an address leads to is there to read before Redoc is: in the plain edition, laid over Redoc's page.
{
  const root = document.documentElement;
  const plain = document.getElementById("plain");
  const place = decodeURIComponent(location.hash.slice(1).split("#").at(-1)).replace(/^\/?/, "/");
  let address = place;
  while (address && !document.getElementById(`plain${address}`)) address = address.slice(0, address.lastIndexOf("/"));
  const section = location.hash && address && document.getElementById(`plain${address}`);

  if (section) {
    // Redoc knows a place in a section only behind the section's own address.
    if (location.hash !== `#${address}` && !location.hash.startsWith(`#${address}#`)) location.replace(`#${address}`);
    root.classList.add("early");
    section.scrollIntoView();
    const start = plain.scrollTop;

    const lift = () => {
      stop.abort();
      observer.disconnect();
      // A reader who has gone on is led to where he is.
      const seen = [...plain.children].findLast((each) => each.getBoundingClientRect().top < innerHeight / 3);
      const hasGoneOn = plain.scrollTop !== start && seen !== section;
      root.classList.remove("early");
      if (hasGoneOn) location.hash = `#${seen.id.slice("plain".length)}`;
    };
    const look = () => {
      const shown = document.querySelector(`[data-section-id="${CSS.escape(address)}"] h2`);
      if (!shown) return;
      const isAtTop = Math.abs(shown.getBoundingClientRect().top) < innerHeight / 2;
      if (isAtTop || place !== address) lift();
    };
    const stop = new AbortController();
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    addEventListener("scroll", look, { signal: stop.signal });
    // In Redoc's menu.
    addEventListener("click", ({ target }) => plain.contains(target) || lift(), { signal: stop.signal });
  }
}
