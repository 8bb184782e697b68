// What an address leads to is there to read before Redoc is: in the plain edition, laid over Redoc's page.
{
  const root = document.documentElement;
  const plain = document.getElementById("plain");
  const place = decodeURIComponent(location.hash.slice(1).split("#").at(-1)).replace(/^\/?/, "/");
  let address = place;
  while (address && !document.getElementById(`plain${address}`)) address = address.slice(0, address.lastIndexOf("/"));
  const section = location.hash && address && document.getElementById(`plain${address}`);
  if (section) {
    root.classList.add("early");
    section.scrollIntoView();
    const observer = new MutationObserver(() => {
      const shown = document.querySelector(`[data-section-id="${CSS.escape(address)}"] h2`);
      const isThere = shown && Math.abs(shown.getBoundingClientRect().top) < innerHeight / 2;
      if (!isThere && !(shown && place !== address)) return;
      observer.disconnect();
      // A reader who has gone on is led to where he is.
      const seen = [...plain.children].findLast((each) => each.getBoundingClientRect().top < innerHeight / 3);
      root.classList.remove("early");
      if (seen && seen !== section) location.hash = `#${seen.id.slice("plain".length)}`;
    });
    // Redoc scrolls after it has rendered.
    addEventListener("scroll", () => observer.takeRecords(), { passive: true });
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  }
}
