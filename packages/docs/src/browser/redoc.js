// What no option of Redoc's can: names for its buttons, a title for each section, and the chapters' copy buttons.
const set = (element, name, value) =>
  element && element.getAttribute(name) !== value && element.setAttribute(name, value);
const apiTitle = document.title;

function mend() {
  for (const field of document.querySelectorAll('[data-testid="search-trigger"]')) {
    set(field, "role", "button");
    set(field, "tabindex", "0");
  }
  set(document.querySelector('[data-testid="color-mode-switcher"]'), "aria-label", "Switch between light and dark");
  // It hides the name of the example that the menu shows.
  document.querySelector('[aria-label="Example"]')?.removeAttribute("aria-label");
  const section = document.querySelector('.menu-content [data-active="true"] [data-text]')?.textContent;
  const title = section && section !== apiTitle ? `${section} · ${apiTitle}` : apiTitle;
  if (document.title !== title) document.title = title;
}

new MutationObserver(mend).observe(document.getElementById("redoc"), {
  attributeFilter: ["data-active", "aria-label"],
  childList: true,
  subtree: true,
});
mend();

document.addEventListener("click", async ({ target }) => {
  if (!target.matches?.(".copy")) return;
  await navigator.clipboard.writeText(target.parentElement.textContent.trim());
  target.classList.add("copied");
  setTimeout(() => target.classList.remove("copied"), 2000);
});
